"""The worker does what waits, survives what fails, and stops when told."""

import signal
from datetime import timedelta

from django.core.mail import send_mail
from django.db import OperationalError
from django.utils import timezone

from postpartum.background import Periodic, work_once
from postpartum.models import Mail
from tests.worker import wait_until


def duty(answers):
    """A queue that gives these answers, one a call; exceptions are raised. What was asked is on `.asked`."""

    def next_piece(now):
        next_piece.asked += 1
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    next_piece.asked = 0
    return next_piece


def test_a_queue_is_emptied_and_a_failing_one_holds_up_nobody():
    first, second = duty([True, ValueError("x")]), duty([True, True, False])

    assert work_once([], queues=[first, second]) is True
    assert (first.asked, second.asked) == (2, 3)


def test_while_the_database_is_away_it_says_so_without_a_word_of_the_query(caplog):
    assert work_once([], queues=[duty([OperationalError("secret words")])]) is True
    assert "OperationalError" in caplog.text
    assert "secret words" not in caplog.text


def test_rounds_are_gone_at_the_start_and_then_every_so_often():
    one = Periodic(duty([None, None]), timedelta(hours=1))

    assert work_once([one], queues=[]) is False
    work_once([one], queues=[])
    assert one.duty.asked == 1
    one.last -= timedelta(hours=2)
    work_once([one], queues=[])
    assert one.duty.asked == 2


def test_told_to_stop_it_begins_nothing_new():
    queue = duty([True])

    work_once([Periodic(queue, timedelta(hours=1))], should_stop=lambda: True, queues=[queue])

    assert queue.asked == 0


def test_the_process_sends_what_is_queued_while_it_runs_and_ends_on_sigterm(
    mail_queue, tmp_path, start_worker
):
    worker = start_worker(DATA_DIR=str(tmp_path))
    send_mail("Hello", "there", None, ["maya@example.org"])
    wait_until(lambda: Mail.objects.get().state == Mail.State.SENT)
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(60) == 0
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1
    assert Mail.objects.get().changed_at <= timezone.now()
