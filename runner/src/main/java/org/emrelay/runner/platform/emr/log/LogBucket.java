package org.emrelay.runner.platform.emr.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Lists logs and opens them, unzipped as they stream. */
final class LogBucket {
    /** A cluster of thousands of containers is not read to its end for one failure. */
    private static final int MOST_PAGES = 30;

    private final AwsContext aws;

    /** What is done with a log's text; it may begin again where the connection broke. */
    interface Reading<T> {
        T read(InputStream text) throws IOException;
    }

    LogBucket(AwsContext aws) {
        this.aws = aws;
    }

    /** The logs below a folder, by key. */
    List<LogObject> list(String bucket, String folder) {
        List<LogObject> found = new ArrayList<>();
        @Nullable String token = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            @Nullable String next = token;
            ListObjectsV2Response answer = aws.patience()
                    .askBriefly(
                            "list the logs below s3://" + bucket + "/" + folder,
                            () -> aws.clients()
                                    .s3()
                                    .listObjectsV2(request -> request.bucket(bucket)
                                            .prefix(folder)
                                            .continuationToken(next)));
            answer.contents().stream()
                    .map(object -> new LogObject(bucket, object.key(), object.eTag()))
                    .filter(object -> object.kind().isPresent())
                    .forEach(found::add);
            token = answer.nextContinuationToken();
            if (token == null) {
                break;
            }
        }
        return found;
    }

    /** Empty when the log is gone. */
    <T> Optional<T> read(LogObject log, Reading<T> reading) {
        try {
            return Optional.of(aws.patience().askBriefly("read " + log.uri(), () -> readOnce(log, reading)));
        } catch (AwsException fault) {
            if (fault.is(Kind.ABSENT)) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    private <T> T readOnce(LogObject log, Reading<T> reading) {
        try (InputStream content = aws.clients()
                        .s3()
                        .getObject(request -> request.bucket(log.bucket()).key(log.key()));
                InputStream text = GzipLogStream.of(content)) {
            return reading.read(text);
        } catch (IOException broken) {
            throw SdkClientException.create("The log ended early", broken);
        }
    }
}
