"""Throws an exception into the yield of the lifespan while its tasks run."""

import asyncio

from main import app


async def main() -> None:
    try:
        async with app.router.lifespan_context(app):
            await app.state.startup_tasks.wait_ready(30)
            raise ValueError("thrown into the yield")
    except ValueError as error:
        print("caught:", error, flush=True)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    print("left over:", len(others), flush=True)


asyncio.run(main())
