"""What the headings of notes are called in other languages.

One row for each heading: its English title, then the language and its words, the usual one first.
Sources: the formats as they are taught in each language (SOAP: Subjektiv/Objektiv/Beurteilung/Plan,
Subjectif/Objectif/Analyse/Plan, Subjetivo/Objetivo/Análisis or Evaluación/Plan, …). Case and accents
do not matter in a note. A word may stand in several rows: the note's own format decides. A word
with `#` is an everyday one in English, too: it is a heading only when set as one.
"""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

_TABLE = """
Subjective   | de Subjektiv, Subjektives | fr Subjectif, Subjectives | es Subjetivo | it Soggettivo
Subjective   | nl Subjectief | pt Subjetivo
Objective    | de Objektiv, Objektives | fr Objectif | es Objetivo | it Oggettivo | nl Objectief | pt Objetivo
Assessment   | de Beurteilung, Einschätzung, Bewertung | fr Analyse, Appréciation, Évaluation
Assessment   | es Evaluación, Análisis, Valoración, Apreciación | it Valutazione, Analisi
Assessment   | nl Beoordeling, Analyse, Evaluatie | pt Avaliação, Análise
Plan         | de Planung, Weiteres Vorgehen, Procedere | fr Plan de traitement, Planification
Plan         | es Plan de tratamiento | it #Piano, Piano di trattamento | nl Behandelplan, Beleid
Plan         | pt Plano, Plano de tratamento, Conduta
Data         | de Daten | fr Données | es Datos | it Dati | nl Gegevens | pt Dados
Behaviour    | de Verhalten | fr Comportement | es Conducta, Comportamiento | it Comportamento
Behaviour    | nl Gedrag | pt Comportamento
Intervention | de Interventionen | fr Interventions | es Intervención, Intervenciones
Intervention | it Intervento, Interventi | nl Interventie, Interventies | pt Intervenção, Intervenções
Response     | de Reaktion | fr Réponse, Réaction | es Respuesta | it Risposta | nl Reactie, Respons
Response     | pt Resposta
Goal         | de Ziel, Ziele | fr #But, Objectif, Objectifs | es Meta, Metas, Objetivo, Objetivos
Goal         | it Obiettivo, Obiettivi | nl Doel, Doelen | pt Meta, Metas, Objetivo, Objetivos
Problem      | de Probleme | fr Problème, Problèmes | es Problema, Problemas | it Problema, Problemi
Problem      | nl Probleem, Problemen | pt Problema, Problemas
Evaluation   | de Auswertung, Bewertung | fr Évaluation | es Evaluación | it Valutazione | nl Evaluatie
Evaluation   | pt Avaliação
Risk         | de Risiko, Risikoeinschätzung | fr Risque, Risques | es Riesgo, Riesgos | it Rischio, Rischi
Risk         | nl Risico, Risico's | pt Risco, Riscos
"""


def plain_name(text: str) -> str:
    """`text` as names are compared: without case and accents, one space between words."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())


def _read_table(table: str) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for row in table.strip().splitlines():
        title, *languages = (cell.strip() for cell in row.split("|"))
        told = [word.strip() for cell in languages for word in cell.partition(" ")[2].split(",")]
        words[title] = (*words.get(title, ()), *told)
    return words


FOREIGN_HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(_read_table(_TABLE))
"""The words of other languages for a heading, by its English title."""
