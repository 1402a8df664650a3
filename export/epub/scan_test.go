package epub

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// scanned is what is in an XML document, as our scanner reads it.
func scanned(src string) (string, error) {
	var b strings.Builder
	var open []string
	err := (&scanner{
		start: func(t *tag) {
			open = append(open, t.name)
			fmt.Fprintf(&b, "<%s", t.name)
			for _, a := range t.attrs {
				fmt.Fprintf(&b, " %s=%q", a.name, a.value)
			}
			b.WriteString(">")
		},
		end: func() {
			fmt.Fprintf(&b, "</%s>", open[len(open)-1])
			open = open[:len(open)-1]
		},
		text: func(s string) { b.WriteString(s) },
	}).scan(src)
	return b.String(), err
}

// decoded is the same, as the standard library reads it.
func decoded(src string) (string, error) {
	var b strings.Builder
	name := func(n xml.Name) string {
		if n.Space != "" {
			return n.Space + ":" + n.Local
		}
		return n.Local
	}
	d := xml.NewDecoder(strings.NewReader(src))
	depth := 0
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			fmt.Fprintf(&b, "<%s", name(t.Name))
			for _, a := range t.Attr {
				fmt.Fprintf(&b, " %s=%q", name(a.Name), a.Value)
			}
			b.WriteString(">")
		case xml.EndElement:
			depth--
			fmt.Fprintf(&b, "</%s>", name(t.Name))
		case xml.CharData:
			if depth > 0 {
				b.Write(t)
			}
		}
	}
}

// FuzzScan holds that whatever the scanner takes, the standard library takes
// too, and finds the same in it.
func FuzzScan(f *testing.F) {
	for _, src := range []string{
		`<?xml version="1.0" encoding="UTF-8"?>` + "\n<!DOCTYPE html>\n" + `<html lang="en"><p class="a" id="b">x &amp; &#65;&#x42; <br/>y</p></html>` + "\n",
		`<a></a>`, `<a/>`, `<a b="&quot;&apos;&lt;&gt;"/>`, `<a:b c:d=""></a:b>`, `<a>]]&gt;</a>`, "<a\n b=\"\"\n/>",
		`<a b='c'/>`, `<a b="1" b="2"/>`, `<a><!-- c --></a>`, `<a><![CDATA[x]]></a>`, `<a>&b;</a>`, `<a>&#0;</a>`, `<a>]]></a>`,
		`<a></b>`, `<a`, `<`, ``, `x`, `<a/><b/>`, `<a>` + "\x00" + `</a>`, `<a>` + "\xff" + `</a>`, `< a/>`, `<1/>`, `<a b/>`, `</a>`, `<a b="<"/>`, `<a>&#xd800;</a>`,
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		got, err := scanned(src)
		if err != nil {
			return
		}
		want, err := decoded(src)
		// The standard library changes line ends, as XML has it (2.11).
		if err != nil || got != want && !strings.Contains(src, "\r") {
			t.Errorf("%q is %q, and the standard library has %q, %v", src, got, want, err)
		}
	})
}
