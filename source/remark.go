package source

import "strings"

// Accepts reports whether the remark accepts a difference between a
// translation and its original, and gives the reason it names, which may be
// empty: <!-- qalam: differs: the reason -->.
func (r *Remark) Accepts() (reason string, ok bool) {
	words, ok := strings.CutPrefix(strings.TrimSpace(r.Text), "qalam:")
	if !ok {
		return "", false
	}
	words, ok = strings.CutPrefix(strings.TrimSpace(words), "differs")
	words = strings.TrimSpace(words)
	if !ok || words != "" && words[0] != ':' {
		return "", false
	}
	return strings.TrimSpace(strings.TrimPrefix(words, ":")), true
}
