package org.emrelay.runner.model;

/** The kind of platform that a pipeline is meant for: some things are wrong on one of them only. */
public enum Target {
    LOCAL("local"),
    EMR("emr");

    private final String key;

    Target(String key) {
        this.key = key;
    }

    /** As the command line writes it. */
    public String key() {
        return key;
    }
}
