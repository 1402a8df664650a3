package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"qalam/export/document"
	"qalam/source"
)

// typstProgram compiles a document as qalam makes its own: with both standards,
// no faces of the system, and a fixed date. The compiler comes as PyPI's
// package typst, for which $TYPST_PYTHON names a Python.
const typstProgram = `import sys, typst
if len(sys.argv) > 1:
    typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True,
                  pdf_standards=["a-2a", "ua-1"], timestamp=0)
`

// typstFaces are the faces that Typst sets its pages in, as Debian's package
// fonts-noto-core has them.
const typstFaces = "/usr/share/fonts/truetype/noto/NotoSerif-{Regular,Italic,Bold,BoldItalic}.ttf"

// typstJobs set the articles of the folders with Typst. There are none where
// it is not installed.
func typstJobs(dir string, articles map[string]string) ([]job, error) {
	python := os.Getenv("TYPST_PYTHON")
	if python == "" {
		fmt.Println("TYPST_PYTHON names no Python that has typst: no PDF is compared")
		return nil, nil
	}
	if out, err := exec.Command(python, "-c", typstProgram).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("typst: %w\n%s", err, out)
	}
	faces := filepath.Join(dir, "typst-faces")
	if err := os.Mkdir(faces, 0o777); err != nil {
		return nil, err
	}
	before, rest, _ := strings.Cut(typstFaces, "{")
	styles, after, _ := strings.Cut(rest, "}")
	for style := range strings.SplitSeq(styles, ",") {
		face := before + style + after
		if _, err := os.Stat(face); err != nil {
			return nil, err
		}
		if err := os.Symlink(face, filepath.Join(faces, filepath.Base(face))); err != nil {
			return nil, err
		}
	}
	jobs := []job{{"python and typst, no document", []string{python, "-c", typstProgram}}}
	for _, name := range []string{"article", "large"} {
		input := filepath.Join(dir, name+".typ")
		// By a process of its own: the memory of this one would count as that
		// of every process that it starts.
		text, err := exec.Command(os.Args[0], "-typst", articles[name]).Output()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", articles[name], err)
		}
		if err := os.WriteFile(input, text, 0o666); err != nil {
			return nil, err
		}
		jobs = append(jobs, job{"typst pdf" + suffixes[name], []string{python, "-c", typstProgram, input, filepath.Join(dir, "typst.pdf"), faces}})
	}
	return jobs, nil
}

// typstSource is the article of a folder as a Typst document: the same words,
// notes at the end, and links both ways.
func typstSource(folder string) (string, error) {
	f, diags := source.Load(os.DirFS(folder), folder)
	if f == nil || diags.HasErrors() {
		return "", fmt.Errorf("%s cannot be read", folder)
	}
	d, _ := document.Compose(f, f.Articles[0])
	t := &typst{}
	fmt.Fprintf(t, "#set document(title: %s)\n#set text(lang: %s, font: \"Noto Serif\", size: 10.5pt)\n", quoted(d.Title.Title), quoted(d.Locale.Tag))
	t.WriteString("#set page(paper: \"a4\", numbering: \"1 / 1\")\n#set par(justify: true)\n")
	fmt.Fprintf(t, "#title()\n")
	t.blocks(d.Blocks)
	fmt.Fprintf(t, "#heading(level: 1, %s)\n#enum(", quoted(d.Locale.Labels.Notes))
	for _, n := range d.Notes {
		fmt.Fprintf(t, "enum.item(%d)[#metadata(0)<note-%d>", n.Number, n.Number)
		t.blocks(n.Blocks)
		for _, ref := range n.Refs {
			fmt.Fprintf(t, " #link(<ref-%d-%d>)[^%d]", n.Number, ref.Index, ref.Index)
		}
		t.WriteString("],\n")
	}
	t.WriteString(")\n")
	return t.String(), nil
}

// typst writes markup.
type typst struct{ strings.Builder }

// quoted is a string literal.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

func (t *typst) blocks(blocks []document.Block) {
	for _, b := range blocks {
		t.block(b)
	}
}

func (t *typst) block(b document.Block) {
	switch b := b.(type) {
	case *document.Heading:
		fmt.Fprintf(t, "#heading(level: %d)", b.Level-1)
		t.content(b.Text)
	case *document.Paragraph:
		t.inlines(b.Text)
		t.WriteString("\n")
	case *document.Figure:
		t.content(b.Caption)
	case *document.Quote:
		t.WriteString("#quote(block: true)[")
		t.blocks(b.Blocks)
		t.WriteString("]")
	case *document.List:
		name := "list"
		if b.Ordered {
			name = "enum"
		}
		fmt.Fprintf(t, "#%s(", name)
		for _, item := range b.Items {
			t.WriteString("[")
			t.blocks(item.Blocks)
			t.WriteString("],")
		}
		t.WriteString(")")
	case *document.CodeBlock:
		fmt.Fprintf(t, "#raw(block: true, %s)", quoted(b.Text))
	case *document.Table:
		fmt.Fprintf(t, "#table(columns: %d, table.header(", len(b.Align))
		t.cells(b.Head)
		t.WriteString("),")
		for _, row := range b.Rows {
			t.cells(row)
		}
		t.WriteString(")")
	case *document.Rule:
		t.WriteString("#line(length: 20%)")
	default:
		panic(fmt.Sprintf("bench: unknown block %T", b))
	}
	t.WriteString("\n\n")
}

func (t *typst) cells(cells []document.Line) {
	for _, cell := range cells {
		t.content(cell)
		t.WriteString(",")
	}
}

// content is inlines in brackets.
func (t *typst) content(in []document.Inline) {
	t.WriteString("[")
	t.inlines(in)
	t.WriteString("]")
}

func (t *typst) inlines(in []document.Inline) {
	for _, in := range in {
		switch in := in.(type) {
		case *document.Text:
			t.WriteString("#" + quoted(in.Value) + ";")
		case *document.Emph:
			t.WriteString("#emph")
			t.content(in.Text)
		case *document.Strong:
			t.WriteString("#strong")
			t.content(in.Text)
		case *document.Strike:
			t.WriteString("#strike")
			t.content(in.Text)
		case *document.Code:
			fmt.Fprintf(t, "#raw(%s);", quoted(in.Value))
		case *document.Link:
			fmt.Fprintf(t, "#link(%s)", quoted(in.URL))
			t.content(in.Text)
		case *document.Picture:
		case *document.Span:
			t.inlines(in.Text)
		case *document.NoteGroup:
			for _, ref := range in.Refs {
				fmt.Fprintf(t, "#super[#link(<note-%d>)[%d]]#metadata(0)<ref-%d-%d>", ref.Note.Number, ref.Note.Number, ref.Note.Number, ref.Index)
			}
		case *document.Break:
			t.WriteString("#linebreak();")
		default:
			panic(fmt.Sprintf("bench: unknown inline %T", in))
		}
	}
}
