{{/* One variable from a key of the Secret with who we are to NATS. */}}
{{- define "waymark.secretVariable" -}}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end -}}

{{/* The variables of the container: the same for `waymark` in it by hand. */}}
{{- define "waymark.environment" -}}
{{- $nats := .Values.nats -}}
{{- $keys := $nats.secret.keys -}}
- name: WAYMARK_NODE_ID
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: WAYMARK_DATA
  value: /data
- name: WAYMARK_REPLICATION
  value: {{ .Values.replication }}
{{- with .Values.takeOver }}
- name: WAYMARK_TAKE_OVER
  value: {{ . | quote }}
{{- end }}
{{- with .Values.serve.prefix }}
- name: WAYMARK_PREFIX
  value: {{ . | quote }}
{{- end }}
{{- if and (not $nats.secret.name) (or $keys.servers $keys.token $keys.user $keys.password $keys.nkey $keys.creds) }}
{{- fail "nats.secret.keys names keys of a Secret, but nats.secret.name is empty" }}
{{- end }}
{{- if $keys.servers }}
{{ include "waymark.secretVariable" (dict "variable" "WAYMARK_NATS" "secret" $nats.secret.name "key" $keys.servers) }}
{{- else }}
- name: WAYMARK_NATS
  value: {{ required "nats.servers (or nats.secret.keys.servers) is needed" $nats.servers | quote }}
{{- end }}
{{- range $name := list "token" "user" "password" }}
{{- with get $keys $name }}
{{ include "waymark.secretVariable" (dict "variable" (printf "WAYMARK_NATS_%s" (upper $name)) "secret" $nats.secret.name "key" .) }}
{{- end }}
{{- end }}
{{- range $name := list "nkey" "creds" }}
{{- with get $keys $name }}
- name: WAYMARK_NATS_{{ upper $name }}
  value: /etc/waymark/nats/{{ . }}
{{- end }}
{{- end }}
{{- if $nats.tls.secret }}
{{- range $name := list "ca" "cert" "key" }}
{{- with get $nats.tls $name }}
- name: WAYMARK_NATS_{{ upper $name }}
  value: /etc/waymark/nats-tls/{{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}
