{{/*
The two pods of a pair are kept apart by anti-affinity to their own StatefulSet, which has just these two. The pairs among each
other are only spread as evenly as it goes.
*/}}
{{- define "waymark.placement" -}}
{{- $root := .root -}}
{{- $placement := $root.Values.placement -}}
{{- $required := list -}}
{{- $preferred := list -}}
{{- range list (list $placement.zones $placement.zoneKey) (list $placement.hosts $placement.hostKey) -}}
{{- if eq (first .) "required" -}}{{- $required = append $required (last .) -}}{{- end -}}
{{- if eq (first .) "preferred" -}}{{- $preferred = append $preferred (last .) -}}{{- end -}}
{{- end -}}
{{- if or $required $preferred $root.Values.nodeAffinity }}
affinity:
  {{- with $root.Values.nodeAffinity }}
  nodeAffinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if or $required $preferred }}
  podAntiAffinity:
    {{- if $required }}
    requiredDuringSchedulingIgnoredDuringExecution:
      {{- range $required }}
      - topologyKey: {{ . }}
        labelSelector:
          matchLabels:
            {{- include "waymark.selectorLabels" $root | nindent 12 }}
            waymark/pair: {{ $.pair | quote }}
      {{- end }}
    {{- end }}
    {{- if $preferred }}
    preferredDuringSchedulingIgnoredDuringExecution:
      {{- range $preferred }}
      - weight: 100
        podAffinityTerm:
          topologyKey: {{ . }}
          labelSelector:
            matchLabels:
              {{- include "waymark.selectorLabels" $root | nindent 14 }}
              waymark/pair: {{ $.pair | quote }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
topologySpreadConstraints:
  {{- range list $placement.zoneKey $placement.hostKey }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "waymark.selectorLabels" $root | nindent 8 }}
  {{- end }}
{{- end -}}
