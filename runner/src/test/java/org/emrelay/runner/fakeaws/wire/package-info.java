/** HTTP and the AWS wire protocols (query, EC2 query, JSON 1.1, S3 XML) for the fake services. */
@NullMarked
package org.emrelay.runner.fakeaws.wire;

import org.jspecify.annotations.NullMarked;
