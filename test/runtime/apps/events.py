"""A server with two startup handlers: the first only records, the last one releases."""

import asyncio
import logging

from fastapi import FastAPI

from startup_tasks import StartupTasks

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
logger = logging.getLogger("crêperie")
app = FastAPI()


async def warm_previews() -> None:
    logger.info("previews begun")
    await asyncio.sleep(0)
    logger.info("previews warm")


async def poll_orders() -> None:
    logger.info("poller begun")
    try:
        await asyncio.Event().wait()
    finally:
        logger.info("poller ended")


@app.on_event("startup")
async def start_previews() -> None:
    startup_tasks = app.state.startup_tasks = StartupTasks(logger)
    startup_tasks.start(warm_previews)


@app.on_event("startup")
async def start_orders() -> None:
    startup_tasks = app.state.startup_tasks
    startup_tasks.start_service(poll_orders)
    await asyncio.sleep(0.2)
    logger.info("database ready")
    startup_tasks.release()


@app.on_event("shutdown")
async def close() -> None:
    await app.state.startup_tasks.stop()
    logger.info("database closed")
