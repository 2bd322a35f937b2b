package org.emrelay.stepprocess.steps;

/** Writes rows, then calls System.exit, as many jobs do. */
public final class WritesRowsAndExits {

    private WritesRowsAndExits() {}

    public static void main(String[] args) {
        WritesRows.main(args);
        System.exit(3);
    }
}
