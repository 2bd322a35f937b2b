package org.emrelay.runner.platform.emr.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/** Lists logs and reads them, decompressed as they stream. */
record LogBucket(AwsContext aws) {
    /** Bounds the listing on clusters with thousands of containers. */
    private static final int MAX_PAGES = 30;

    /** Reads a log's text. Called again from the start if the connection breaks. */
    interface LogReader<T> {
        T read(InputStream text) throws IOException;
    }

    /** Lists the logs under a folder, in key order. */
    List<LogObject> list(String bucket, String folder) {
        ListObjectsV2Iterable objects = aws.s3()
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(folder));
        return AwsContext.pages(
                        objects, page -> aws.callBriefly("list the logs under s3://" + bucket + "/" + folder, page))
                .limit(MAX_PAGES)
                .flatMap(page -> page.contents().stream())
                .map(object -> new LogObject(bucket, object.key(), object.eTag()))
                .filter(object -> object.kind().isPresent())
                .toList();
    }

    /** Returns empty if the log no longer exists. */
    <T> Optional<T> read(LogObject log, LogReader<T> reader) {
        return AwsException.handle(
                () -> Optional.of(aws.callBriefly("read " + log.uri(), () -> readOnce(log, reader))),
                missing -> Optional.empty(),
                Kind.NOT_FOUND);
    }

    private <T> T readOnce(LogObject log, LogReader<T> reader) {
        try (InputStream content = aws.s3()
                        .getObject(request -> request.bucket(log.bucket()).key(log.key()));
                InputStream text = GzipLogStream.of(content)) {
            return reader.read(text);
        } catch (IOException exception) {
            throw SdkClientException.create("The log is truncated", exception);
        }
    }
}
