"""
Changes the world of a Python program, without a word about it in the program: it lives TIME_FACTOR times as fast since
TIME_START, and where PLACES is given, hosts are there and nowhere else.
"""

import datetime
import json
import os
import socket
import time

_factor = float(os.environ.get("TIME_FACTOR", "1"))
_start = float(os.environ.get("TIME_START", "0"))
_sleep = time.sleep
_time = time.time
_Datetime = datetime.datetime


def _fast_sleep(seconds):
    _sleep(seconds / _factor)


def _fast_time():
    return _start + (_time() - _start) * _factor


class _AnyDatetime(type):
    """What C code makes is no instance of the class below, and is to be taken for one."""

    def __instancecheck__(cls, instance):
        return isinstance(instance, _Datetime)


class _FastDatetime(_Datetime, metaclass=_AnyDatetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_fast_time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(_fast_time(), datetime.timezone.utc).replace(tzinfo=None)


_places = json.loads(os.environ.get("PLACES", "null"))
_getaddrinfo = socket.getaddrinfo


def _find_place(host, port, *args, **kwargs):
    place = _places.get(f"{host}:{port}")
    if place is None:
        raise socket.gaierror(socket.EAI_NONAME, f"{host} is nowhere in this world")
    return _getaddrinfo(*place, *args, **kwargs)


if _places is not None:
    socket.getaddrinfo = _find_place
time.sleep = _fast_sleep
time.time = _fast_time
datetime.datetime = _FastDatetime
