/** IAM roles, instance profiles and policy documents, and the access of nodes to other buckets. */
@NullMarked
package org.emrelay.runner.platform.aws.iam;

import org.jspecify.annotations.NullMarked;
