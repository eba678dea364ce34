"""`make run`: the whole product on one machine, from services to sign-in, started and stopped in order.

python -m peacekeeping.launcher run|stop|clean|manage ...
"""
