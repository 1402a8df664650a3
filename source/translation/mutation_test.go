package translation

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"qalam/source"
	"qalam/source/sample"
)

// A mutation edits the text of a translation in one place. apply gives nil when
// the text has no such place, and else each way to do it with the line of the
// new text where the difference must be said; line 0 is the file as a whole.
type mutation struct {
	name  string
	codes string // one of these must come; empty means that nothing may
	apply func(m *text) []edit
}

// text is a translation in pieces: the front matter, and paragraphs.
type text struct {
	lang  string
	parts []string // joined by empty lines
}

type edit struct {
	parts []string
	part  int  // in which the difference must be said
	next  bool // or in the one behind it
}

// with replaces one part.
func (m *text) with(i int, part string) []string {
	parts := slices.Clone(m.parts)
	parts[i] = part
	return parts
}

var (
	refPattern  = regexp.MustCompile(`\[\^[^\]]+\]`)
	notePattern = regexp.MustCompile(`(?m)^\[\^([^\]]+)\]: .*$`)
	linkPattern = regexp.MustCompile(`https://[^ \n]+`)
	digits      = regexp.MustCompile(`\p{Nd}+`)
)

func isProse(part string) bool {
	return !strings.HasPrefix(part, "---") && !strings.HasPrefix(part, "[^") && !strings.HasPrefix(part, "|") &&
		!strings.HasPrefix(part, "<!--") && !strings.HasPrefix(part, "#") && !strings.HasPrefix(part, "![") &&
		!strings.HasPrefix(part, "- ") && !strings.HasPrefix(part, "> ")
}

// each makes an edit of every part that change changes.
func each(change func(part string) string) func(m *text) []edit {
	return func(m *text) []edit {
		var edits []edit
		for i, p := range m.parts[1:] {
			if q := change(p); q != p {
				edits = append(edits, edit{parts: m.with(i+1, q), part: i + 1})
			}
		}
		return edits
	}
}

// open leaves out edits of parts of which a difference is accepted.
func open(apply func(m *text) []edit) func(m *text) []edit {
	return func(m *text) []edit {
		return slices.DeleteFunc(apply(m), func(e edit) bool { return strings.HasPrefix(m.parts[e.part-1], "<!-- qalam") })
	}
}

var mutations = []mutation{
	{"drop a reference", codeReference, each(func(p string) string {
		if strings.HasPrefix(p, "[^") {
			return p
		}
		return replaceLast(refPattern, p, "")
	})},
	{"drop a note with its references", codeNote, func(m *text) []edit {
		var edits []edit
		last := len(m.parts) - 1
		for _, n := range notePattern.FindAllStringSubmatch(m.parts[last], -1) {
			var parts []string
			for _, p := range m.parts {
				p = strings.ReplaceAll(p, n[0]+"\n", "")
				parts = append(parts, strings.ReplaceAll(p, "[^"+n[1]+"]", ""))
			}
			edits = append(edits, edit{parts: parts, part: -1})
		}
		return edits
	}},
	{"swap two references of a block", codeOrder, each(func(p string) string {
		refs := refPattern.FindAllStringIndex(p, -1)
		if len(refs) < 2 || strings.HasPrefix(p, "[^") || strings.HasPrefix(p, "|") || strings.HasPrefix(p, "- ") {
			return p
		}
		for k := len(refs) - 1; k > 0; k-- {
			a, b := refs[k-1], refs[k]
			if x, y := p[a[0]:a[1]], p[b[0]:b[1]]; x != y && a[1] != b[0] {
				return p[:a[0]] + y + p[a[1]:b[0]] + x + p[b[1]:]
			}
		}
		return p
	})},
	{"swap references of two blocks", codeReference, func(m *text) []edit {
		var edits []edit
		before := -1
		for i, p := range m.parts {
			if !isProse(p) || !refPattern.MatchString(p) {
				continue
			}
			if before >= 0 {
				a, b := lastOf(refPattern, m.parts[before]), lastOf(refPattern, p)
				if a != b && !strings.Contains(p, a) {
					parts := m.with(before, replaceLast(refPattern, m.parts[before], b))
					parts[i] = replaceLast(refPattern, p, a)
					edits = append(edits, edit{parts: parts, part: i})
				}
			}
			before = i
		}
		return edits
	}},
	{"move a reference to the next block", codeReference, func(m *text) []edit {
		var edits []edit
		for i, p := range m.parts[:len(m.parts)-1] {
			if isProse(p) && isProse(m.parts[i+1]) && refPattern.MatchString(p) {
				parts := m.with(i, replaceLast(refPattern, p, ""))
				parts[i+1] += lastOf(refPattern, p)
				edits = append(edits, edit{parts: parts, part: i + 1})
			}
		}
		return edits
	}},
	{"drop a paragraph", codeMissing, func(m *text) []edit {
		var edits []edit
		for i, p := range m.parts {
			if i > 0 && i < len(m.parts)-2 && isProse(p) && !strings.HasPrefix(m.parts[i-1], "<!--") && !strings.HasPrefix(m.parts[i+1], "<!--") {
				edits = append(edits, edit{parts: slices.Delete(slices.Clone(m.parts), i, i+1), part: i})
			}
		}
		return edits
	}},
	{"drop a heading", codeMissing, func(m *text) []edit {
		var edits []edit
		for i, p := range m.parts {
			if strings.HasPrefix(p, "## ") {
				edits = append(edits, edit{parts: slices.Delete(slices.Clone(m.parts), i, i+1), part: i})
			}
		}
		return edits
	}},
	{"say a paragraph twice", codeAdded + codeParts, func(m *text) []edit {
		var edits []edit
		for i, p := range m.parts {
			if isProse(p) && i > 0 && !strings.HasPrefix(m.parts[i-1], "<!--") {
				edits = append(edits, edit{parts: slices.Insert(slices.Clone(m.parts), i, p), part: i, next: true})
			}
		}
		return edits
	}},
	{"change a number", codeFigures, open(each(func(p string) string {
		if strings.HasPrefix(p, "<!--") || strings.HasPrefix(p, "[^") {
			return p
		}
		at := digits.FindStringIndex(linkPattern.ReplaceAllStringFunc(refPattern.ReplaceAllStringFunc(p, blank), blank))
		if at == nil {
			return p
		}
		return p[:at[1]] + p[at[0]:at[0]+len(p[at[0]:at[1]])/max(1, len([]rune(p[at[0]:at[1]])))] + p[at[1]:]
	}))},
	{"retarget a link", codeLink, func(m *text) []edit {
		var edits []edit
		last := len(m.parts) - 1
		for _, at := range linkPattern.FindAllStringIndex(m.parts[last], -1) {
			p := m.parts[last]
			edits = append(edits, edit{parts: m.with(last, p[:at[1]-1]+"x"+p[at[1]:]), part: -1})
		}
		return edits
	}},
	{"show another image", codeLink, each(func(p string) string {
		return strings.Replace(p, "images/contingents.png", "images/other.png", 1)
	})},
	{"split a paragraph", codeParts, each(func(p string) string {
		if !isProse(p) {
			return p
		}
		lines := strings.Split(p, "\n")
		if len(lines) < 4 {
			return p
		}
		return strings.Join(lines[:len(lines)/2], "\n") + "\n\n" + strings.Join(lines[len(lines)/2:], "\n")
	})},
	{"join two paragraphs", codeParts, func(m *text) []edit {
		var edits []edit
		for i, p := range m.parts[:len(m.parts)-1] {
			if i > 0 && isProse(p) && isProse(m.parts[i+1]) {
				parts := slices.Delete(m.with(i, p+"\n"+m.parts[i+1]), i+1, i+2)
				edits = append(edits, edit{parts: parts, part: i})
			}
		}
		return edits
	}},
	{"drop a table row", codeMissing, each(func(p string) string {
		if !strings.HasPrefix(p, "|") {
			return p
		}
		lines := strings.Split(p, "\n")
		return strings.Join(slices.Delete(lines, 4, 5), "\n")
	})},
	{"drop a list item", codeMissing, each(func(p string) string {
		items := strings.SplitAfter(p, "\n- ")
		if !strings.HasPrefix(p, "- ") || len(items) < 3 {
			return p
		}
		return strings.Join(slices.Delete(items, 1, 2), "")
	})},
	{"make a heading deeper", codeParts, each(func(p string) string {
		if strings.HasPrefix(p, "## ") {
			return "#" + p
		}
		return p
	})},
	{"make a quotation a paragraph", codeParts, each(func(p string) string {
		return regexp.MustCompile(`(?m)^> ?`).ReplaceAllString(p, "")
	})},

	{"wrap otherwise", "", each(func(p string) string {
		if !isProse(p) {
			return p
		}
		return strings.ReplaceAll(p, "\n", " ")
	})},
	{"quote otherwise", "", each(func(p string) string {
		if n := strings.Count(p, `"`); n == 0 || n%2 == 1 || strings.HasPrefix(p, "![") || strings.HasPrefix(p, "[^") {
			return p
		}
		open := true
		return regexp.MustCompile(`"`).ReplaceAllStringFunc(p, func(string) string {
			open = !open
			return map[bool]string{false: "«", true: "»"}[open]
		})
	})},
	{"mark lists otherwise", "", each(func(p string) string { return regexp.MustCompile(`(?m)^- `).ReplaceAllString(p, "* ") })},
	{"emphasise a word", "", each(func(p string) string {
		if !isProse(p) {
			return p
		}
		return regexp.MustCompile(`^(\p{Han}{2}|\pL+ )`).ReplaceAllStringFunc(p, func(w string) string {
			word := strings.TrimSpace(w)
			return "**" + word + "**" + w[len(word):]
		})
	})},
	{"order notes otherwise", "", func(m *text) []edit {
		last := len(m.parts) - 1
		lines := strings.Split(strings.TrimSpace(m.parts[last]), "\n")
		slices.Reverse(lines)
		return []edit{{parts: m.with(last, strings.Join(lines, "\n")+"\n")}}
	}},
	{"add a remark for people", "", each(func(p string) string {
		if strings.HasPrefix(p, "## ") {
			return "<!-- a word of the translator: 1234 -->\n\n" + p
		}
		return p
	})},
}

func blank(s string) string { return strings.Repeat(" ", len(s)) }

func lastOf(pattern *regexp.Regexp, s string) string {
	all := pattern.FindAllString(s, -1)
	return all[len(all)-1]
}

func replaceLast(pattern *regexp.Regexp, s, by string) string {
	all := pattern.FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return s
	}
	at := all[len(all)-1]
	return s[:at[0]] + by + s[at[1]:]
}

// Every single edit of the sample in every language is found where it is, with
// at most two remarks, and what changes nothing for a reader is not reported.
func TestMutations(t *testing.T) {
	folder, _ := source.Load(sample.FS(), "sample")
	original := folder.Articles[0]
	total := map[string]int{}
	for _, a := range folder.Articles[1:] {
		data, err := fs.ReadFile(sample.FS(), a.Path)
		if err != nil {
			t.Fatal(err)
		}
		head, body, _ := strings.Cut(string(data), "\n---\n")
		m := &text{lang: a.Lang, parts: append([]string{head + "\n---"}, strings.Split(strings.TrimLeft(body, "\n"), "\n\n")...)}
		for _, mu := range mutations {
			edits := mu.apply(m)
			total[mu.name] += len(edits)
			if len(edits) == 0 {
				t.Errorf("%s: nowhere to %s", a.Lang, mu.name)
			}
			for n, e := range edits {
				b, _ := source.Parse(a.Path, []byte(strings.Join(e.parts, "\n\n")))
				diags := Check(original, b)
				name := fmt.Sprintf("%s: %s, %d", a.Lang, mu.name, n)
				if mu.codes == "" {
					for _, d := range diags {
						t.Errorf("%s: %v", name, d)
					}
					continue
				}
				if len(diags) == 0 || len(diags) > 2 {
					t.Errorf("%s: %d remarks: %v", name, len(diags), diags)
					continue
				}
				first, last := span(e)
				found := false
				for _, d := range diags {
					found = found || strings.Contains(mu.codes, d.Code) && (e.part < 0 || int(d.Line) >= first && int(d.Line) <= last)
				}
				if !found {
					t.Errorf("%s: want %s on lines %d to %d: %v", name, mu.codes, first, last, diags)
				}
			}
		}
	}
	for _, mu := range mutations {
		t.Logf("%4d × %s", total[mu.name], mu.name)
	}
}

// span is the lines of the part that an edit is about, and for one that can be
// taken for the next the lines of both.
func span(e edit) (first, last int) {
	if e.part < 0 {
		return 0, 0
	}
	first = 1
	for _, p := range e.parts[:e.part] {
		first += strings.Count(p, "\n") + 2
	}
	last = first + strings.Count(e.parts[e.part], "\n")
	if e.next {
		last += 2 + strings.Count(e.parts[e.part+1], "\n")
	}
	return first, last
}
