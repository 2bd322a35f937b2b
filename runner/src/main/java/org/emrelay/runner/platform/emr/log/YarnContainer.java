package org.emrelay.runner.platform.emr.log;

/**
 * A YARN container, or the folder of a step's own logs.
 *
 * @param name the folder name, such as {@code container_1795183200000_0003_01_000001}; for a step's own logs, the step id
 */
record YarnContainer(String name) {
    private static final String FIRST_CONTAINER = "_000001";

    static YarnContainer of(LogObject log) {
        String folder = log.key().substring(0, log.key().lastIndexOf('/'));
        return new YarnContainer(folder.substring(folder.lastIndexOf('/') + 1));
    }

    /** In cluster mode the driver runs in the first container, which requests all others. */
    boolean isDriver() {
        return name.endsWith(FIRST_CONTAINER);
    }
}
