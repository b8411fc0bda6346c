"""The words of log-in and accounts."""

CHINESE = {
    "login_title": "登录",
    "login_name": "用户名",
    "login_password": "密码",
    "login_enter": "登录",
    "login_wrong": "用户名或密码不对。",
    "login_often": "试得太频繁，请五分钟后再试。",
    "login_oidc": "用单位账号登录",
    "logout": "退出登录",
    "role_reader": "读者",
    "role_curator": "资料管理员",
    "role_admin": "系统管理员",
    "not_allowed": "您的角色不能做这件事；需要的话请找系统管理员。",
    "too_often": "问得太频繁了，请稍等一会儿再问。",
    "logged_out": "登录已过期，请重新登录。",
}
ENGLISH = {
    "login_title": "Log in",
    "login_name": "User name",
    "login_password": "Password",
    "login_enter": "Log in",
    "login_wrong": "User name or password is not right.",
    "login_often": "Too many tries; please wait five minutes.",
    "login_oidc": "Log in with the office's account",
    "logout": "Log out",
    "role_reader": "reader",
    "role_curator": "curator",
    "role_admin": "administrator",
    "not_allowed": "Your role may not do this; ask an administrator if you need it.",
    "too_often": "Too many questions; please wait a moment.",
    "logged_out": "Your session has ended; please log in again.",
}
