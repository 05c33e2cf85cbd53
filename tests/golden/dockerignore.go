// Records what Docker itself makes of .dockerignore files and COPY patterns: dockerignore.json.
//
// Build it inside a checkout of github.com/moby/patternmatcher (go run ./cmd/golden); it reads one
// JSON case a line from standard input and writes one answer a line. Folders are judged from the
// top, as BuildKit walks a build context.
package main

import (
	"encoding/json"
	"os"
	"path"
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

type in struct {
	Kind  string   `json:"kind"`
	Text  string   `json:"text"`
	Paths []string `json:"paths"`
}
type out struct {
	Patterns []string `json:"patterns"`
	Error    string   `json:"error"`
	Ignored  []bool   `json:"ignored"`
}

func run(c in) (o out) {
	if c.Kind == "match" {
		for _, p := range c.Paths {
			ok, err := path.Match(c.Text, p)
			if err != nil {
				o.Error = err.Error()
				o.Ignored = nil
				return
			}
			o.Ignored = append(o.Ignored, ok)
		}
		return
	}
	ps, err := ignorefile.ReadAll(strings.NewReader(c.Text))
	if err != nil {
		o.Error = err.Error()
		return
	}
	o.Patterns = ps
	m, err := patternmatcher.New(ps)
	if err != nil {
		o.Error = err.Error()
		return
	}
	for _, p := range c.Paths {
		parts := strings.Split(p, "/")
		var info patternmatcher.MatchInfo
		var ok bool
		for i := range parts {
			ok, info, err = m.MatchesUsingParentResults(strings.Join(parts[:i+1], "/"), info)
			if err != nil {
				o.Error = err.Error()
				o.Ignored = nil
				return
			}
		}
		o.Ignored = append(o.Ignored, ok)
	}
	return
}
func main() {
	d := json.NewDecoder(os.Stdin)
	e := json.NewEncoder(os.Stdout)
	for d.More() {
		var c in
		if d.Decode(&c) != nil {
			return
		}
		e.Encode(run(c))
	}
}
