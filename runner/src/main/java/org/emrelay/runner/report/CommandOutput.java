package org.emrelay.runner.report;

import java.io.IOException;

/** Where a command writes its result, in the form that the user chose. */
public interface CommandOutput {

    /** Writes the result. */
    void print(Report report) throws IOException;

    /** Writes a result before a question about it, where the form allows for more than one document. */
    void preview(Report report) throws IOException;

    /** Writes the previewed result as the command's only one, unless the preview already did. */
    void finish(Report report) throws IOException;
}
