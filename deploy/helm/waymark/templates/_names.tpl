{{- define "waymark.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 48 | trimSuffix "-" -}}
{{- end -}}

{{/* At most 48 characters: a number of a pair follows, and the name of a StatefulSet has 52 at most. No dots: it names nodes. */}}
{{- define "waymark.fullname" -}}
{{- $name := include "waymark.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | replace "." "-" | trunc 48 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | replace "." "-" | trunc 48 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | replace "." "-" | trunc 48 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "waymark.selectorLabels" -}}
app.kubernetes.io/name: {{ include "waymark.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "waymark.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "waymark.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "waymark.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "waymark.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "waymark.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end -}}

{{/* The ConfigMap that the scripts come from; empty when they come from elsewhere. */}}
{{- define "waymark.scriptsConfigMap" -}}
{{- if .Values.scripts.files -}}
{{ include "waymark.fullname" . }}-scripts
{{- else -}}
{{ .Values.scripts.configMap }}
{{- end -}}
{{- end -}}
