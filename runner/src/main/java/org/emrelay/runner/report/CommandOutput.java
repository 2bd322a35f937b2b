package org.emrelay.runner.report;

import java.io.IOException;

/** The output of a command's result, in the format that the user chose. */
public interface CommandOutput {

    /** Writes the result. */
    void print(Report report) throws IOException;

    /** Writes a result before a question about it, if the format allows more than one document. */
    void preview(Report report) throws IOException;

    /** Writes a previewed result if the command ends without another one, unless the preview was already written. */
    void finish(Report report) throws IOException;
}
