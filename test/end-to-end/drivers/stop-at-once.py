"""Leaves the lifespan before anything in the background could begin."""

import asyncio
import logging

from main import app

logger = logging.getLogger("driver")


async def main() -> None:
    async with app.router.lifespan_context(app):
        logger.info("entered")
    logger.info("left")


asyncio.run(main())
