"""A server with a service that swallows its cancellation, and a thread that nobody can cancel."""

import asyncio
import logging
import time
from contextlib import asynccontextmanager

from fastapi import FastAPI

from startup_tasks import StartupTasks

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
logger = logging.getLogger("crêperie")
is_closed = False


async def report_for_ever() -> None:
    logger.info("reporter begun")
    while not is_closed:
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            logger.info("reporter goes on")


def load_model() -> None:
    logger.info("model begun")
    time.sleep(3600)


@asynccontextmanager
async def lifespan(app: FastAPI):
    global is_closed
    startup_tasks = StartupTasks(logger, drain=0.1, stop_timeout=0.5)
    startup_tasks.start_service(report_for_ever)
    startup_tasks.start_thread(load_model)
    async with startup_tasks:
        yield
    logger.info("database closed")
    is_closed = True


app = FastAPI(lifespan=lifespan)


@app.get("/")
async def greet() -> str:
    return "bonjour"
