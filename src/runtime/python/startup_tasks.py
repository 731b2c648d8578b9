# startup-codemod runtime helper, version 1
"""Runs startup steps in the background, once the server is listening.

    startup_tasks = StartupTasks(logger)
    startup_tasks.start(warm_cache, "eu")    # recorded here, called later
    startup_tasks.start_service(poll_queue)  # goes on until the shutdown
    async with startup_tasks:                # lets them run, and ends them
        yield

A program that runs its server itself puts that in the place of the `yield`.
A hook without `yield` ends with `startup_tasks.release()`, and its shutdown
counterpart begins with `await startup_tasks.stop()`.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import dataclasses
import functools
import importlib
import inspect
import logging
import sys
import threading
import time
import traceback
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator
    from types import FrameType

    import typing_extensions  # Python 3.9 has no typing.ParamSpec.

    P = typing_extensions.ParamSpec("P")

# Strong references: an event loop holds its tasks only weakly.
_tasks: set[asyncio.Task[None]] = set()
_kept: set[asyncio.Future[Any]] = set()


def _let_go(task: asyncio.Future[Any]) -> None:
    _kept.discard(task)
    error = None if task.cancelled() else task.exception()
    if error is not None:
        coroutine = task.get_coro() if isinstance(task, asyncio.Task) else task
        name = getattr(coroutine, "__qualname__", repr(coroutine))
        logging.getLogger(__name__).error("%s failed", name, exc_info=error)


def _answer(content: dict[str, Any], status: int) -> Any:
    responses = importlib.import_module("starlette.responses")
    return responses.JSONResponse(content, status)


class StartupTasks:
    """The background steps of one startup of one app.

    Steps run in the order in which they were recorded, `concurrency` at a
    time, and services beside them, from `grace` seconds after the release.
    When the app stops, a step may go on for `drain` seconds before it is
    cancelled; stopping takes at most `stop_timeout` seconds in all.
    `required` names the steps without which the app is not `ready`.
    The logger is one of logging, structlog or loguru.
    """

    def __init__(
        self,
        logger: Any = None,
        *,
        concurrency: int = 1,
        drain: float = 2.0,
        stop_timeout: float = 5.0,
        grace: float = 0.1,
        required: Iterable[str] = (),
    ) -> None:
        self._logger = logger or logging.getLogger(__name__)
        self._concurrency = concurrency
        self._drain = min(drain, stop_timeout)
        self._stop_timeout = stop_timeout
        self._grace = grace
        self._required = frozenset(required)
        self._steps: list[_Step] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._is_listening: Callable[[], Any] | None = None
        self._is_open = False
        self._is_over = False

    def start(
        self,
        function: Callable[P, Any],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Records a call that comes to an end by itself."""
        call = functools.partial(function, *args, **kwargs)
        self._record(_Step(function, call))

    def start_service(
        self,
        function: Callable[P, Any],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Records a call that goes on until the app stops."""
        call = functools.partial(function, *args, **kwargs)
        self._record(_Step(function, call, is_service=True))

    def start_thread(
        self,
        function: Callable[P, Any],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Records a function that would block the event loop.

        An async one runs on an event loop of its own: it must not await what
        belongs to the server's.
        """
        call = functools.partial(function, *args, **kwargs)
        self._record(_Step(function, call, is_threaded=True))

    def release(self) -> None:
        """Lets the recorded steps run, shortly after the hook has returned.

        Only then does the server listen, and a step whose beginning blocks
        the event loop would keep it from that.
        """
        loop = asyncio.get_running_loop()
        if self._is_active_on(loop):
            return
        self._forget_last_run()
        self._loop = loop
        self._timer = loop.call_later(self._grace, self._open)
        names = [step.name for step in self._steps]
        if names:
            self._logger.info(f"In the background: {', '.join(names)}")
        for name in sorted(self._required.difference(names)):
            self._logger.warning(f"{name}: required, but not recorded")

    def when(self, is_listening: Callable[[], Any]) -> StartupTasks:
        """Holds the steps back until the server says that it listens.

        For a program that runs its server itself, with an app whose own
        startup comes first.
        """
        self._is_listening = is_listening
        return self

    async def stop(self) -> None:
        """Ends what still runs; what has not begun is never called."""
        raised = sys.exc_info()[1]
        running = self._close()
        deadline = time.monotonic() + self._stop_timeout
        try:
            # In a cancelled scope every await raises: there is no drain.
            if not _is_being_cancelled(raised):
                await self._let_finish(running)
        finally:
            for step in running:
                step.cancel()
        try:
            await _wait(running, deadline - time.monotonic())
        except asyncio.CancelledError:
            if not isinstance(raised, asyncio.CancelledError):
                raise
            return
        for step in running:
            if step.is_alive:
                stack = step.stack()
                self._logger.error(f"{step.name}: did not stop\n{stack}")

    async def __aenter__(self) -> StartupTasks:
        self.release()
        return self

    async def __aexit__(self, _: object, raised: object, __: object) -> None:
        try:
            await self.stop()
        except asyncio.CancelledError:
            # What was raised at the `yield` goes on, and is not replaced.
            if raised is None:
                raise

    def finished(self, function: Callable[..., Any]) -> bool:
        """Whether a call of it has run to its end, or has run as a service.

        For shutdown steps that need what only a finished start has set.
        """
        calls = [step for step in self._steps if step.function == function]
        return any(step.has_run for step in calls)

    def status(self) -> dict[str, dict[str, Any]]:
        """State, seconds and error of each step, by its name."""
        return {step.name: step.status() for step in self._steps}

    @property
    def ready(self) -> bool:
        """Whether the required steps have finished, or run as services."""
        return self.is_ready(())

    def is_ready(self, more: Iterable[str]) -> bool:
        """The same with more steps that are required."""
        names = {*self._required, *more}
        required = [step for step in self._steps if step.name in names]
        return self._is_open and all(step.is_ready for step in required)

    async def wait_ready(self, seconds: float) -> bool:
        """Waits until no step is on its way any more; for tests."""
        deadline = time.monotonic() + seconds
        while names := [s.name for s in self._steps if s.is_on_its_way]:
            if time.monotonic() > deadline:
                raise TimeoutError(f"Not ready: {', '.join(names)}")
            await asyncio.sleep(0.01)
        return self.ready

    @staticmethod
    def keep(task: asyncio.Future[Any]) -> Any:
        """Holds a task of a handler until it ends; logs its failure at once.

        asyncio alone may throw a task away that nobody keeps, and tells of
        its failure only then.
        """
        _kept.add(task)
        task.add_done_callback(_let_go)
        return task

    @staticmethod
    def ready_endpoint(*required: str) -> Callable[[Any], Awaitable[Any]]:
        """Answers 200 once the startup tasks are ready, and 503 until then.

        For an app of Starlette or FastAPI that has them on its state;
        `required` names steps without which it is not ready.
        """

        async def ready(request: Any) -> Any:
            tasks = getattr(request.app.state, "startup_tasks", None)
            is_ready = tasks is not None and tasks.is_ready(required)
            return _answer({"ready": is_ready}, 200 if is_ready else 503)

        return ready

    @staticmethod
    async def status_endpoint(request: Any) -> Any:
        """State, seconds and kind of error of each step, for such an app."""
        tasks = getattr(request.app.state, "startup_tasks", None)
        steps = {} if tasks is None else tasks.status()
        for step in steps.values():
            # The message may name what nobody outside should know.
            step["error"] = step["error"] and step["error"].split(":")[0]
        return _answer({"steps": steps}, 200)

    def _record(self, step: _Step) -> None:
        self._forget_last_run()
        step.name = _unique_name(step, self._steps)
        self._steps.append(step)
        self._run_waiting()

    def _is_active_on(self, loop: asyncio.AbstractEventLoop) -> bool:
        if self._loop is None or self._loop.is_closed():
            return False
        if self._loop is not loop:
            raise RuntimeError("StartupTasks is active on another event loop")
        return True

    def _forget_last_run(self) -> None:
        if self._is_over or (self._loop and self._loop.is_closed()):
            self._steps = []
            self._loop = None
            self._is_open = self._is_over = False

    def _open(self) -> None:
        if self._loop and self._is_listening and not self._is_listening():
            pause = max(self._grace, 0.01)
            self._timer = self._loop.call_later(pause, self._open)
            return
        self._is_open = True
        self._run_waiting()

    def _close(self) -> list[_Step]:
        """Lets no further step begin, and returns those that run."""
        is_active = self._is_active_on(asyncio.get_running_loop())
        if self._timer:
            self._timer.cancel()
        self._loop = self._timer = None
        self._is_open, self._is_over = False, True
        for step in self._steps:
            if step.state == "waiting":
                step.state = "cancelled"
        return [step for step in self._steps if is_active and step.is_alive]

    async def _let_finish(self, running: list[_Step]) -> None:
        for step in running:
            if step.is_service:
                step.cancel()
        await _wait(running, self._drain)

    def _run_waiting(self) -> None:
        for step in self._steps:
            if self._loop and self._may_begin(step):
                step.state, step.began = "running", time.monotonic()
                # It sees the context variables of where it was recorded.
                run, create = step.context.run, self._loop.create_task
                task = run(create, self._run(step), name=step.name)
                _tasks.add(task)
                task.add_done_callback(functools.partial(self._ended, step))
                step.task = task

    def _may_begin(self, step: _Step) -> bool:
        if not self._is_open or step.state != "waiting":
            return False
        running = [s for s in self._steps if s.state == "running"]
        busy = [other for other in running if not other.is_service]
        return step.is_service or len(busy) < self._concurrency

    async def _run(self, step: _Step) -> None:
        self._logger.info(f"{step.name}: started in the background")
        try:
            result = _in_thread(step) if step.is_threaded else step.call()
            if inspect.isawaitable(result):
                await result
        except (asyncio.CancelledError, GeneratorExit):
            raise
        except BaseException as error:
            # SystemExit too: a background step does not end the server.
            step.end("failed", error)
            self._logger.exception(f"{step.name}: failed after {step.took}")
            if isinstance(error, KeyboardInterrupt):
                raise
        else:
            step.end("ready")
            is_early = step.is_service and not self._is_over
            tell = self._logger.warning if is_early else self._logger.info
            what = "service ended" if is_early else "ready"
            tell(f"{step.name}: {what} after {step.took}")

    def _ended(self, step: _Step, task: asyncio.Task[None]) -> None:
        _tasks.discard(task)
        if task.cancelled():
            step.end("cancelled")
            tell = self._logger.info if self._is_over else self._logger.warning
            tell(f"{step.name}: cancelled after {step.took}")
        else:
            task.exception()  # It is in the log: asyncio need not tell it.
        self._run_waiting()


@dataclasses.dataclass(eq=False)
class _Step:
    function: Callable[..., Any]
    call: Callable[[], Any]
    is_service: bool = False
    is_threaded: bool = False
    name: str = ""
    state: str = "waiting"  # then running, then ready, failed or cancelled
    error: BaseException | None = None
    began: float = 0.0
    seconds: float = 0.0
    task: asyncio.Task[None] | None = None
    thread: threading.Thread | None = None
    is_cancelled: bool = False

    def __post_init__(self) -> None:
        self.context = contextvars.copy_context()

    @property
    def has_run(self) -> bool:
        was_service = self.is_service and self.state == "cancelled"
        return self.is_ready or (was_service and self.began > 0)

    @property
    def is_ready(self) -> bool:
        runs = self.is_service and self.state == "running"
        return runs or self.state == "ready"

    @property
    def is_on_its_way(self) -> bool:
        return self.state in ("waiting", "running") and not self.is_ready

    @property
    def is_alive(self) -> bool:
        in_thread = self.thread is not None and self.thread.is_alive()
        return in_thread or (self.task is not None and not self.task.done())

    @property
    def took(self) -> str:
        return f"{self.seconds:.1f} s"

    def end(self, state: str, error: BaseException | None = None) -> None:
        self.state, self.error = state, error
        self.seconds = time.monotonic() - self.began

    def cancel(self) -> None:
        # Once: a second time would cut its clean-up short.
        if self.task and not self.is_cancelled:
            self.is_cancelled = self.task.cancel()

    def status(self) -> dict[str, Any]:
        seconds = self.seconds
        if self.state == "running":
            seconds = time.monotonic() - self.began
        error = self.error and f"{type(self.error).__name__}: {self.error}"
        return {"state": self.state, "seconds": seconds, "error": error}

    def stack(self) -> str:
        lines = traceback.StackSummary.extract(self._frames()).format()
        return "".join(lines).rstrip()

    def _frames(self) -> Iterator[tuple[FrameType, int]]:
        """Of the whole way in: `Task.get_stack` has the outermost one only."""
        if self.thread and self.thread.is_alive():
            top = sys._current_frames().get(self.thread.ident or 0)
            yield from reversed(list(traceback.walk_stack(top)))
        awaited: Any = self.task and self.task.get_coro()
        while awaited is not None:
            frame = getattr(awaited, "cr_frame", None)
            if frame is not None:
                yield frame, frame.f_lineno
            awaited = getattr(awaited, "cr_await", None)


async def _in_thread(step: _Step) -> None:
    """In a daemon thread: one of `to_thread` would hold up the exit."""
    loop = asyncio.get_running_loop()
    has_ended = asyncio.Event()
    errors: list[BaseException] = []

    def work() -> None:
        try:
            result = step.call()
            if inspect.iscoroutine(result):
                asyncio.run(result)
        except BaseException as error:
            errors.append(error)
        with contextlib.suppress(RuntimeError):  # The loop may be closed.
            loop.call_soon_threadsafe(has_ended.set)

    target = functools.partial(contextvars.copy_context().run, work)
    step.thread = threading.Thread(target=target, name=step.name, daemon=True)
    step.thread.start()
    await has_ended.wait()
    if errors:
        raise errors[0]


async def _wait(steps: list[_Step], seconds: float) -> None:
    tasks = [step.task for step in steps if step.task]
    if tasks:
        # Unlike wait_for, this does not wait for a cancellation to end.
        await asyncio.wait(tasks, timeout=max(seconds, 0.0))


def _is_being_cancelled(raised: BaseException | None) -> bool:
    # Tasks count their cancellations from Python 3.11 on.
    cancelling = getattr(asyncio.current_task(), "cancelling", int)
    return cancelling() > 0 or isinstance(raised, asyncio.CancelledError)


def _unwrapped(function: Callable[..., Any]) -> Callable[..., Any]:
    while isinstance(function, functools.partial):
        function = function.func
    return function


def _name_of(function: Callable[..., Any]) -> str:
    function = _unwrapped(function)
    name: str = getattr(function, "__qualname__", type(function).__qualname__)
    return name if "<lambda>" in name else name.rpartition("<locals>.")[2]


def _module_of(function: Callable[..., Any]) -> str | None:
    return getattr(_unwrapped(function), "__module__", None)


def _unique_name(step: _Step, others: list[_Step]) -> str:
    """With its module where another one has that name, else with a number."""
    name = _name_of(step.function)
    namesakes = [s for s in others if _name_of(s.function) == name]
    module = _module_of(step.function)
    if any(_module_of(s.function) != module for s in namesakes):
        name = f"{module}.{name}"
    taken = {other.name for other in others}
    numbered = (f"{name} ({count})" for count in range(2, len(taken) + 2))
    return next(free for free in (name, *numbered) if free not in taken)
