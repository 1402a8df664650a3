// Command bench measures qalam as a user meets it: whole cold processes,
// medians of several runs, beside pandoc on the same article where pandoc is
// on the PATH, and beside Typst where it is installed. Figures of one run may be compared with each other, and with
// nothing else.
//
// It wants bin/qalam, and reads the text that the environment variable
// QALAM_PASTED names, or else the sample.
package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// job is a command that is measured.
type job struct {
	name string
	args []string
}

// suffixes of the names of jobs, by the folder that they read.
var suffixes = map[string]string{"article": "", "large": ", 100 times the text"}

// usage is what one process took.
type usage struct {
	wall, cpu time.Duration
	peak      int64 // resident memory, KiB
}

func main() {
	runs := flag.Int("runs", 15, "measured runs of each command, after one that is not")
	folder := flag.String("typst", "", "write the article of this folder as a Typst document, and measure nothing")
	flag.Parse()
	if *folder != "" {
		text, err := typstSource(*folder)
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		fmt.Print(text)
		return
	}
	if err := bench(*runs); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(runs int) error {
	dir, err := os.MkdirTemp("", "qalam-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	qalam, err := filepath.Abs("bin/qalam")
	if err != nil {
		return err
	}
	article := filepath.Join(dir, "article")
	what := "the sample"
	start := []string{qalam, "new", "-q", article, "--sample"}
	if pasted := os.Getenv("QALAM_PASTED"); pasted != "" {
		what = pasted
		start = []string{qalam, "import", "-q", pasted, article, "--title", "A pasted article"}
	}
	if out, err := exec.Command(start[0], start[1:]...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(start, " "), err, out)
	}
	sample := filepath.Join(dir, "sample")
	if out, err := exec.Command(qalam, "new", "-q", sample, "--sample").CombinedOutput(); err != nil {
		return fmt.Errorf("qalam new: %w\n%s", err, out)
	}
	large := filepath.Join(dir, "large")
	if err := repeat(article, large, 100); err != nil {
		return err
	}
	export := func(name, folder, format string) job {
		return job{name, []string{qalam, "export", "-q", folder, "-l", "en", "-f", format, "-o", dir}}
	}
	jobs := []job{
		{"qalam --help", []string{qalam, "--help"}},
		export("qalam txt", article, "txt"),
		export("qalam epub", article, "epub"),
		export("qalam pdf", article, "pdf"),
		export("qalam, three formats", article, "pdf,epub,txt"),
		export("qalam txt, 100 times the text", large, "txt"),
		export("qalam epub, 100 times the text", large, "epub"),
		export("qalam pdf, 100 times the text", large, "pdf"),
		{"qalam, sample: 9 languages, 3 formats", []string{qalam, "export", "-q", sample, "-o", dir}},
	}
	if pandoc, err := exec.LookPath("pandoc"); err == nil {
		for _, name := range []string{"article", "large"} {
			suffix := suffixes[name]
			source := filepath.Join(dir, name, "article.md")
			jobs = append(jobs,
				job{"pandoc txt" + suffix, []string{pandoc, "-s", "-t", "plain", source, "-o", filepath.Join(dir, "pandoc.txt")}},
				job{"pandoc epub" + suffix, []string{pandoc, source, "-o", filepath.Join(dir, "pandoc.epub")}})
		}
	} else {
		fmt.Println("pandoc is not on the PATH: qalam is measured alone")
	}
	set, err := typstJobs(dir, map[string]string{"article": article, "large": large})
	if err != nil {
		return err
	}
	jobs = append(jobs, set...)
	fmt.Printf("%s; medians of %d cold processes\n%-40s %9s %9s %9s\n", what, runs, "", "cpu ms", "wall ms", "peak MiB")
	for _, j := range jobs {
		u, err := measure(j, runs)
		if err != nil {
			return err
		}
		fmt.Printf("%-40s %9.1f %9.1f %9.1f\n", j.name, ms(u.cpu), ms(u.wall), float64(u.peak)/1024)
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// measure runs the command and gives the median of each figure.
func measure(j job, runs int) (usage, error) {
	var all []usage
	for i := range runs + 1 {
		cmd := exec.Command(j.args[0], j.args[1:]...)
		var out bytes.Buffer
		cmd.Stderr = &out
		begin := time.Now()
		if err := cmd.Run(); err != nil {
			return usage{}, fmt.Errorf("%s: %w\n%s", j.name, err, out.String())
		}
		wall := time.Since(begin)
		if i == 0 {
			continue // fills the disk's cache
		}
		u := usage{wall: wall, cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
		if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			u.peak = r.Maxrss
		}
		all = append(all, u)
	}
	return usage{
		wall: median(all, func(u usage) time.Duration { return u.wall }),
		cpu:  median(all, func(u usage) time.Duration { return u.cpu }),
		peak: median(all, func(u usage) int64 { return u.peak }),
	}, nil
}

func median[T cmp.Ordered](all []usage, figure func(usage) T) T {
	var list []T
	for _, u := range all {
		list = append(list, figure(u))
	}
	slices.Sort(list)
	return list[len(list)/2]
}

// repeat makes an article folder whose text and notes are those of another, n
// times, with the labels of the notes told apart.
func repeat(from, to string, n int) error {
	text, err := os.ReadFile(filepath.Join(from, "article.md"))
	if err != nil {
		return err
	}
	parts := strings.SplitN(string(text), "---\n", 3)
	if len(parts) != 3 {
		return fmt.Errorf("%s has no front matter", from)
	}
	var b strings.Builder
	b.WriteString("---\n" + parts[1] + "---\n")
	for i := range n {
		b.WriteString(strings.ReplaceAll(parts[2], "[^", fmt.Sprintf("[^r%d-", i)) + "\n")
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "article.md"), []byte(b.String()), 0o666)
}
