/** Reports a long press of a finger. Right click and menu key fire `contextmenu` by themselves. */

const LONG = 450
const SLACK = 10

export function longPress(press: (event: PointerEvent) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let start: PointerEvent | undefined
  const stop = () => clearTimeout(timer)
  return {
    onPointerDown(event: PointerEvent) {
      stop()
      if (event.pointerType === 'mouse') return
      start = event
      timer = setTimeout(() => press(event), LONG)
    },
    onPointerMove(event: PointerEvent) {
      const far = start && Math.hypot(event.x - start.x, event.y - start.y) > SLACK
      if (far) stop()
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onPointerLeave: stop,
  }
}
