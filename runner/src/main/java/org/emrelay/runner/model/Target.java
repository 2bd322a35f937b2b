package org.emrelay.runner.model;

/** The platform that a pipeline is validated for: some problems exist on one platform only. */
public enum Target {
    LOCAL("local"),
    EMR("emr");

    private final String key;

    Target(String key) {
        this.key = key;
    }

    /**
     * The value of the {@code -t} option.
     */
    public String key() {
        return key;
    }
}
