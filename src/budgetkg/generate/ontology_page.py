"""stub"""


def render() -> str:
    return ""
