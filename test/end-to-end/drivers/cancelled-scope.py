"""Cancels the anyio scope around the lifespan while its tasks run."""

import asyncio

import anyio
from main import app


async def main() -> None:
    with anyio.CancelScope() as scope:
        async with app.router.lifespan_context(app):
            await app.state.startup_tasks.wait_ready(30)
            scope.cancel()
            await anyio.sleep_forever()
    print("caught by the scope:", scope.cancelled_caught, flush=True)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    print("left over:", len(others), flush=True)


asyncio.run(main())
