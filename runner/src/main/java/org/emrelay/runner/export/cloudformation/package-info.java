/** Exports to AWS CloudFormation: a cluster with its steps, or only the resources that clusters of other exports need. */
@NullMarked
package org.emrelay.runner.export.cloudformation;

import org.jspecify.annotations.NullMarked;
