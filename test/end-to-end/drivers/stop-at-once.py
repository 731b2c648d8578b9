"""Leaves the lifespan before anything in the background could begin."""

import asyncio

from main import app


async def main() -> None:
    async with app.router.lifespan_context(app):
        print("entered", flush=True)
    print("left", flush=True)


asyncio.run(main())
