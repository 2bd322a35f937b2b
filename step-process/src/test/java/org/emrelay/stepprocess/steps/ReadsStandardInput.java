package org.emrelay.stepprocess.steps;

import java.io.IOException;

/** Reads, closes and replaces standard input. */
public final class ReadsStandardInput {

    private ReadsStandardInput() {}

    public static void main(String[] args) throws IOException {
        System.out.println("read " + System.in.read());
        System.in.close();
        System.setIn(null);
    }
}
