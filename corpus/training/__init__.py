"""How the weights of the built-in encoder are made; nothing of the product imports this."""
