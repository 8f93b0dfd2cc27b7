"""Field encryption (SM4-GCM, GB/T 32907) and blind index (HMAC-SM3, GB/T 32905).

A stored value reads `<key id>:<base64 of nonce + ciphertext + tag>`; the key id lets keys be rotated later
without touching rows that still use an older one.
"""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

NONCE = 12
TAG = 16


class CannotOpen(Exception):
    """The key named in the value is not configured, or the value was altered."""


def seal(plain: str) -> str:
    """Encrypt `plain` under the current key."""
    key_id: str = settings.FIELD_KEY_CURRENT
    nonce = os.urandom(NONCE)
    encryptor = Cipher(algorithms.SM4(_key(key_id)), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(key_id.encode())
    sealed = encryptor.update(plain.encode()) + encryptor.finalize()
    return f"{key_id}:{base64.b64encode(nonce + sealed + encryptor.tag).decode()}"


def open_sealed(stored: str) -> str:
    """Decrypt what `seal` made. Raises `CannotOpen` when the key is missing or the value was altered."""
    key_id, _, body = stored.partition(":")
    raw = base64.b64decode(body)
    nonce, sealed, tag = raw[:NONCE], raw[NONCE:-TAG], raw[-TAG:]
    decryptor = Cipher(algorithms.SM4(_key(key_id)), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(key_id.encode())
    try:
        return (decryptor.update(sealed) + decryptor.finalize()).decode()
    except InvalidTag as error:
        raise CannotOpen("the value was altered") from error


def blind_index(value: str) -> str:
    """A keyed digest (64 hex digits) by which an encrypted value is found without being opened."""
    digest = hmac.HMAC(settings.FIELD_INDEX_KEY, hashes.SM3())
    digest.update(value.encode())
    return digest.finalize().hex()


def _key(key_id: str) -> bytes:
    try:
        return bytes(settings.FIELD_KEYS[key_id])
    except KeyError as error:
        raise CannotOpen(f"no field key named {key_id!r} is configured") from error
