import { useEffect, useRef } from 'preact/hooks'
import { t } from '../shared/words'

/** Only common ones: a phone's keyboard offers all of them. */
const EMOJI =
  '🙂 😊 😀 😂 🥰 😍 😉 😎 🤔 😐 😕 🙁 😟 😢 😭 😡 😱 😴 🤒 🤗 🙏 👍 👎 👋 👌 💪 🤝 👏 ✌️ ❤️ 💔 🌷 🎉 🎁 ☀️ ⭐ 🔥 ✅ ❌ ❓ ❗ ⏰ 📅 📄 📎 📷 📞 🏠 🏫 🏥 🏢 💼 🎓 💶 ✈️ 🚌 👶 👩 👨 👪'.split(
    ' ',
  )

interface Props {
  onPick(emoji: string): void
  onClose(): void
}

export function Emoji({ onPick, onClose }: Props) {
  const box = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    const away = (event: MouseEvent) => {
      const target = event.target as Element
      if (!box.current?.contains(target) && !target.closest('.emoji-button')) onClose()
    }
    document.addEventListener('click', away)
    return () => document.removeEventListener('click', away)
  }, [onClose])
  return (
    <fieldset
      class="emoji"
      ref={box}
      aria-label={t('chat.emoji')}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      {EMOJI.map((emoji) => (
        <button key={emoji} type="button" onClick={() => onPick(emoji)}>
          {emoji}
        </button>
      ))}
    </fieldset>
  )
}
