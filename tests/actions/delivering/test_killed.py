"""Whoever sends is killed anywhere: each message arrives once or is reported as unknown, and none arrives twice.

DUEDESK_KILLS sets how often, DUEDESK_SEED plays one game again.
"""

import multiprocessing
import os
import time
from datetime import timedelta
from multiprocessing.process import BaseProcess
from random import Random
from threading import Thread

import pytest

from actions.delivering import sender
from actions.delivering.issued import Issued
from conftest import NOW
from connect.servers import Inbox, Line, odd_server
from duedesk.actions.delivering.queueing import queue
from duedesk.domain.world import World
from duedesk.store.book import Book

KILLS = int(os.environ.get("DUEDESK_KILLS", "1"))
MESSAGES = 4 * KILLS
COMMANDS_OF_A_MESSAGE = 5


class Killer:
    """Ends the sender at a moment of its talk with the server."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.sender: BaseProcess | None = None
        self.left = 0

    def aim(self, sender: BaseProcess) -> None:
        """Choose at which command from now on."""
        self.left = self.chance.randint(1, 3 * COMMANDS_OF_A_MESSAGE)
        self.sender = sender

    def behave(self, line: Line, command: bytes) -> bool:
        """Count commands; a message may be taken first, its answer lost or not."""
        self.left -= bool(command)
        if self.left != 0 or self.sender is None or not command:
            return False
        when = self.chance.choice(("before", "taken", "answered", "a little later"))
        if command.startswith(b"DATA") and when != "before":
            line.say("354 go on")
            line.take()
            if when != "taken":
                line.say("250 taken")
        if when == "a little later":
            time.sleep(self.chance.random() * 0.02)
        self.sender.kill()
        self.sender = None
        line.hang_up()
        return True


@pytest.mark.skipif(os.name == "nt", reason="the book's own processes are ended otherwise there")
def test_a_killed_sender_sends_nothing_twice(book: Book, world: World) -> None:
    seed = int(os.environ.get("DUEDESK_SEED", "0")) or Random().randrange(1, 1_000_000)
    issued = Issued(book, world)
    for number in range(MESSAGES):
        issued.letter(issued.account(f"A{number}", f"a{number}@acme.test"))
    queue(issued.workspace, issued.letters)
    killer = Killer(Random(seed))
    with odd_server(killer.behave) as inbox:
        for game in range(KILLS + 1):
            running = _start(book, inbox, seed, game)
            if game < KILLS:
                killer.aim(running)
            running.join(timeout=60)
        _hold_to_account(issued, inbox, seed)


def test_two_senders_at_once_send_each_message_once(book: Book, world: World) -> None:
    issued = Issued(book, world)
    for number in range(6):
        issued.letter(issued.account(f"A{number}", f"a{number}@acme.test"))
    queue(issued.workspace, issued.letters)
    with odd_server() as inbox:
        arguments = [(book.location, str(inbox.port), seed, NOW.isoformat()) for seed in "12"]
        both = [Thread(target=sender.main, args=one) for one in arguments]
        for one in both:
            one.start()
        for one in both:
            one.join()
    assert sorted(one.recipients[0] for one in inbox.taken) == [f"a{number}@acme.test" for number in range(6)]
    assert {row.status for row in issued.rows()} == {"Sent"}


def _start(book: Book, inbox: Inbox, seed: int, game: int) -> BaseProcess:
    """Start a sender; all are made from one process that has loaded the program."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([sender.__name__])
    moment = (NOW + timedelta(hours=game)).isoformat()
    running = context.Process(
        target=sender.main, args=(book.location, str(inbox.port), str(seed * 1000 + game), moment)
    )
    running.start()
    return running


def _hold_to_account(issued: Issued, inbox: Inbox, seed: int) -> None:
    said = f"DUEDESK_SEED={seed} DUEDESK_KILLS={KILLS}"
    ids = inbox.ids()
    assert len(ids) == len(set(ids)), f"twice: {said}"
    status = {row.message_id: row.status for row in issued.rows()}
    assert len(status) == MESSAGES, said
    arrived = [one.recipients for one in inbox.taken]
    assert len(arrived) == len(set(arrived)), f"a letter twice under two names: {said}"
    assert set(status.values()) <= {"Sent", "Unknown"}, f"{said}: {status}"
    assert {name for name, state in status.items() if state == "Sent"} <= set(ids), f"said to be sent: {said}"
    assert set(ids) <= status.keys(), said
    assert sum(state == "Unknown" for state in status.values()) <= KILLS, said
