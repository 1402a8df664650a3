package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The example of the README, from pasted text to files, prints what the README
// says, and the article in it loads without a remark but for its images.
func TestReadme(t *testing.T) {
	readme := string(read(t, "../../README.md"))
	t.Chdir(t.TempDir())
	block := func(after string) string {
		t.Helper()
		_, rest, ok := strings.Cut(readme, after)
		if !ok {
			t.Fatalf("the README lacks %q", after)
		}
		m := regexp.MustCompile(`(?m)(^    .*\n|^\n)+`).FindString(rest)
		return strings.TrimSpace(regexp.MustCompile(`(?m)^    `).ReplaceAllString(m, "")) + "\n"
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	qalam := func(words ...string) string {
		var out, errs strings.Builder
		run(context.Background(), words, strings.NewReader(""), &out, &errs)
		return errs.String() + out.String()
	}

	write("pasted.txt", block("Say `pasted.txt` holds this:\n"))
	example := block("it is the proof that no note was lost.\n")
	parts := regexp.MustCompile(`(?m)^\$ bin/(qalam .*)\n`).Split(example, -1)
	for i, m := range regexp.MustCompile(`(?m)^\$ bin/qalam (.*)$`).FindAllStringSubmatch(example, -1) {
		words := regexp.MustCompile(`"[^"]*"|\S+`).FindAllString(m[1], -1)
		for j := range words {
			words[j] = strings.Trim(words[j], `"`)
		}
		if got, want := qalam(words...), parts[i+1]; strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("qalam %s prints\n%s\nthe README says\n%s", m[1], got, want)
		}
	}

	_, rest, _ := strings.Cut(readme, "```markdown\n")
	article, _, _ := strings.Cut(rest, "```")
	article = regexp.MustCompile(`(?m)^translators.*\n`).ReplaceAllString(article, "") // translations only
	article = strings.NewReplacer("doi: …, isbn: …, issn: …, ark: …, urn: …", "doi: 10.5555/12345678").Replace(article)
	article = regexp.MustCompile(`(?m)^!\[.*\n`).ReplaceAllString(article, "")
	write("river/article.md", article)
	if got := qalam("check", "river"); got != "" {
		t.Errorf("the article of the README:\n%s", got)
	}
}
