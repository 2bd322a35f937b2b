package org.emrelay.runner.model;

/** A closed choice that EMR spells in its own way, which is also how the cluster file does. */
public interface EmrEnum {
    String emrName();
}
