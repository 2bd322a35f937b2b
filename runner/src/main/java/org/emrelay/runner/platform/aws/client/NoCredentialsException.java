package org.emrelay.runner.platform.aws.client;

import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;

/** No provider of the credentials chain has credentials. Thrown within a call, so that it passes through the SDK. */
final class NoCredentialsException extends SdkClientException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param answers what each provider answered, in the chain's order
     * @param remedy a sentence or command
     */
    NoCredentialsException(List<String> answers, String remedy) {
        super(builder().message("No AWS credentials found:\n  " + String.join("\n  ", answers)));
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
