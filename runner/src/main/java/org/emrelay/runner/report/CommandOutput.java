package org.emrelay.runner.report;

import java.io.IOException;

/** Where a command writes its result, in the form that the user chose. */
public interface CommandOutput {

    /** Writes the result. */
    void print(Report report) throws IOException;

    /** Writes a result before a question about it, where the form allows for more than one document. */
    void preview(Report report) throws IOException;

    /** Writes a previewed result when the command ends without another one, unless the preview was written. */
    void finish(Report report) throws IOException;
}
