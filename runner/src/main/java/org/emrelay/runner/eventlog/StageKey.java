package org.emrelay.runner.eventlog;

/** Identifies an attempt of a stage. */
record StageKey(int id, int attempt) {}
