// Says in words that a passkey could not be used; allauth's own script only writes to the console.
const note = document.querySelector("[data-passkey-note]")

document.addEventListener("allauth.error", (event) => {
  if (!note) return
  event.preventDefault()
  note.hidden = false
  note.scrollIntoView({ block: "nearest" })
})
