"""How the sign-in key is kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SignInKeyHasher(Argon2PasswordHasher):
    """Argon2id, light: the browser has already stretched the password (docs/keys.md)."""

    algorithm = "argon2"
    time_cost = 1
    memory_cost = 8 * 1024
    parallelism = 1
