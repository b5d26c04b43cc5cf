// Renders a Helm chart with what Helm renders it with: Go's text/template and the sprig functions. What Helm adds to them
// (include, tpl, toYaml, values laid over each other) is here again, small. Standard input: a request as JSON;
// standard output: the files under templates/ as JSON, by name.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

type request struct {
	Chart     string
	Release   string
	Namespace string
	Values    map[string]interface{}
}

func main() {
	output, err := render()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(output)
}

func render() (map[string]string, error) {
	var asked request
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		return nil, err
	}
	chart, err := yamlFile(filepath.Join(asked.Chart, "Chart.yaml"))
	if err != nil {
		return nil, err
	}
	defaults, err := yamlFile(filepath.Join(asked.Chart, "values.yaml"))
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(asked.Chart, "templates", "*"))
	if err != nil {
		return nil, err
	}
	root := template.New("chart").Option("missingkey=zero")
	root.Funcs(functions(root))
	names := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name := filepath.Base(file)
		names[name] = fmt.Sprintf("%v/templates/%s", chart["name"], name)
		if _, err := root.New(names[name]).Parse(string(text)); err != nil {
			return nil, err
		}
	}
	output := map[string]string{}
	for name, full := range names {
		if strings.HasPrefix(name, "_") {
			continue
		}
		var text strings.Builder
		err := root.ExecuteTemplate(&text, full, map[string]interface{}{
			"Values": overlay(defaults, asked.Values),
			"Chart":  capitalised(chart),
			"Release": map[string]interface{}{
				"Name": asked.Release, "Namespace": asked.Namespace, "Service": "Helm",
				"IsInstall": true, "IsUpgrade": false, "Revision": 1,
			},
			"Template": map[string]interface{}{"Name": full, "BasePath": filepath.Dir(full)},
		})
		if err != nil {
			return nil, err
		}
		output[name] = strings.ReplaceAll(text.String(), "<no value>", "")
	}
	return output, nil
}

func functions(root *template.Template) template.FuncMap {
	all := sprig.TxtFuncMap()
	// Helm leaves out what reads the machine.
	delete(all, "env")
	delete(all, "expandenv")
	all["include"] = func(name string, data interface{}) (string, error) {
		var text strings.Builder
		err := root.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	all["toYaml"] = func(value interface{}) string {
		text, err := yaml.Marshal(value)
		if err != nil {
			return ""
		}
		return strings.TrimSuffix(string(text), "\n")
	}
	all["required"] = func(message string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return nil, fmt.Errorf("%s", message)
		}
		return value, nil
	}
	return all
}

func yamlFile(path string) (map[string]interface{}, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var value map[string]interface{}
	return value, yaml.Unmarshal(text, &value)
}

// A map is laid over a map key by key, null takes a key away, everything else replaces what was there.
func overlay(below, above map[string]interface{}) map[string]interface{} {
	merged := map[string]interface{}{}
	for key, value := range below {
		merged[key] = value
	}
	for key, value := range above {
		if value == nil {
			delete(merged, key)
			continue
		}
		lower, lowerIsMap := merged[key].(map[string]interface{})
		upper, upperIsMap := value.(map[string]interface{})
		if lowerIsMap && upperIsMap {
			merged[key] = overlay(lower, upper)
		} else {
			merged[key] = value
		}
	}
	return merged
}

func capitalised(chart map[string]interface{}) map[string]interface{} {
	fields := map[string]interface{}{}
	for key, value := range chart {
		fields[strings.ToUpper(key[:1])+key[1:]] = value
	}
	return fields
}
