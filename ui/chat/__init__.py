"""The tab of questions and answers: the talk, its history, what is kept, exported and shared of it."""
