{{- define "waymark.volumes" -}}
{{- $nats := .Values.nats -}}
- name: tmp
  emptyDir: {}
{{- $sources := 0 }}
{{- range list .Values.scripts.files .Values.scripts.configMap .Values.scripts.volume }}
{{- if . }}{{ $sources = add $sources 1 }}{{ end }}
{{- end }}
{{- if gt (int $sources) 1 }}
{{- fail "scripts.files, scripts.configMap and scripts.volume exclude each other" }}
{{- end }}
{{- if include "waymark.scriptsConfigMap" . }}
- name: scripts
  configMap:
    name: {{ include "waymark.scriptsConfigMap" . }}
{{- else if .Values.scripts.volume }}
- name: scripts
  {{- toYaml .Values.scripts.volume | nindent 2 }}
{{- end }}
{{- if or $nats.secret.keys.nkey $nats.secret.keys.creds }}
- name: nats
  secret:
    secretName: {{ $nats.secret.name }}
    # 0440; written so that every YAML reader takes it for the same number.
    defaultMode: 288
    items:
      {{- range $name := list "nkey" "creds" }}
      {{- with get $nats.secret.keys $name }}
      - key: {{ . }}
        path: {{ . }}
      {{- end }}
      {{- end }}
{{- end }}
{{- with $nats.tls.secret }}
- name: nats-tls
  secret:
    secretName: {{ . }}
    # 0440; written so that every YAML reader takes it for the same number.
    defaultMode: 288
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "waymark.volumeMounts" -}}
- name: data
  mountPath: /data
- name: tmp
  mountPath: /tmp
{{- if or (include "waymark.scriptsConfigMap" .) .Values.scripts.volume }}
- name: scripts
  mountPath: {{ .Values.scripts.folder }}
  readOnly: true
{{- end }}
{{- if or .Values.nats.secret.keys.nkey .Values.nats.secret.keys.creds }}
- name: nats
  mountPath: /etc/waymark/nats
  readOnly: true
{{- end }}
{{- if .Values.nats.tls.secret }}
- name: nats-tls
  mountPath: /etc/waymark/nats-tls
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}
