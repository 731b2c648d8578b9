"""A server whose router has a lifespan of its own: the router records, the app releases and stops."""

import asyncio
import logging
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI

from startup_tasks import StartupTasks

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
logger = logging.getLogger("crêperie")


async def warm_tariffs() -> None:
    logger.info("tariffs begun")
    await asyncio.sleep(0)
    logger.info("tariffs warm")


async def collect_metrics() -> None:
    logger.info("metrics begun")
    try:
        await asyncio.Event().wait()
    finally:
        logger.info("metrics ended")


@asynccontextmanager
async def outer(app: FastAPI):
    startup_tasks = app.state.startup_tasks = StartupTasks(logger)
    startup_tasks.start_service(collect_metrics)
    logger.info("database ready")
    yield
    logger.info("database closed")


@asynccontextmanager
async def inner(app: FastAPI):
    startup_tasks = app.state.startup_tasks
    startup_tasks.start(warm_tariffs)
    await asyncio.sleep(0.2)
    logger.info("bank ready")
    async with startup_tasks:
        yield
    logger.info("bank closed")


app = FastAPI(lifespan=outer)
app.include_router(APIRouter(lifespan=inner))
