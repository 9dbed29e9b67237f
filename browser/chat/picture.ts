import { toBase64url } from '../crypto/bytes'

const LONGEST_SIDE = 2048
const PREVIEW_SIDE = 32

export interface Picture {
  file: Blob
  about: { name: string; type: string; width: number; height: number; preview: string }
}

/**
 * Draws the picture anew. That removes place, time and phone model, which EXIF would reveal.
 * Rejects if the browser cannot read the picture.
 */
export async function preparePicture(file: File): Promise<Picture> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const large = draw(bitmap, LONGEST_SIDE)
  const small = draw(bitmap, PREVIEW_SIDE)
  bitmap.close()
  const { width, height } = large
  const [jpeg, tiny] = await Promise.all([encode(large, 0.82), encode(small, 0.5)])
  const preview = toBase64url(new Uint8Array(await tiny.arrayBuffer()))
  const name = `${file.name.replace(/\.[^.]*$/, '') || 'picture'}.jpg`
  return { file: jpeg, about: { name, type: 'image/jpeg', width, height, preview } }
}

function draw(bitmap: ImageBitmap, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  // JPEG has no transparency: black letters on a transparent ground would become black on black.
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return canvas
}

function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const done = (blob: Blob | null) => {
      canvas.width = canvas.height = 0
      if (blob) resolve(blob)
      else reject(new Error('not encoded'))
    }
    canvas.toBlob(done, 'image/jpeg', quality)
  })
}
