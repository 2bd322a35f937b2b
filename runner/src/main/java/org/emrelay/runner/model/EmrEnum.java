package org.emrelay.runner.model;

/** An enum whose constants are spelled in EMR's way, in its API and in the cluster file. */
public interface EmrEnum {

    String name();

    default String emrName() {
        return name();
    }
}
