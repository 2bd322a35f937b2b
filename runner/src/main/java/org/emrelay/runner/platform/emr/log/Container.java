package org.emrelay.runner.platform.emr.log;

/**
 * A process of an application on YARN.
 *
 * @param name its folder's, {@code container_1795183200000_0003_01_000001}; of a step's own logs, the step's
 */
record Container(String name) {
    private static final String FIRST = "_000001";

    static Container of(LogObject log) {
        String folder = log.key().substring(0, log.key().lastIndexOf('/'));
        return new Container(folder.substring(folder.lastIndexOf('/') + 1));
    }

    /** In cluster mode YARN starts the driver first, and through it all others. */
    boolean isDriver() {
        return name.endsWith(FIRST);
    }
}
