"""A server whose startup goes on in the background: slow, blocking, failing and endless steps."""

import asyncio
import logging
import time
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request

from startup_tasks import StartupTasks

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
logger = logging.getLogger("crêperie")
menu_is_wanted = asyncio.Event()


async def connect_db() -> None:
    await asyncio.sleep(0)
    logger.info("database ready")


async def load_model() -> None:
    logger.info("model begun")
    time.sleep(0.5)
    logger.info("model loaded")


async def fetch_prices() -> None:
    raise ConnectionError("no route to the price list")


async def build_menu() -> None:
    logger.info("menu begun")
    await menu_is_wanted.wait()
    logger.info("menu built")


async def poll_orders() -> None:
    logger.info("poller begun")
    try:
        while True:
            await asyncio.sleep(3600)
    finally:
        logger.info("poller ended")


@asynccontextmanager
async def lifespan(app: FastAPI):
    startup_tasks = app.state.startup_tasks = StartupTasks(logger)
    startup_tasks.start(load_model)
    startup_tasks.start_service(poll_orders)
    await connect_db()
    startup_tasks.start(fetch_prices)
    startup_tasks.start(build_menu)
    async with startup_tasks:
        yield
    logger.info("database closed")


app = FastAPI(lifespan=lifespan)


@app.get("/status")
async def status(request: Request) -> dict[str, str]:
    steps = request.app.state.startup_tasks.status()
    return {name: step["state"] for name, step in steps.items()}


@app.get("/menu")
async def menu() -> str:
    menu_is_wanted.set()
    return "galette"
