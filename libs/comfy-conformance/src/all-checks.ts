import { absentPictureIsRefused } from './checks/absent-picture-is-refused.ts';
import { absentPromptIsNoPrompt } from './checks/absent-prompt-is-no-prompt.ts';
import { actionsAnswerWithAnEmptyBody } from './checks/actions-answer-with-an-empty-body.ts';
import { apiPrefixAnswersAlike } from './checks/api-prefix-answers-alike.ts';
import { batchIsOneFileEach } from './checks/batch-is-one-file-each.ts';
import { cachedOutputNamesTheSameFile } from './checks/cached-output-names-the-same-file.ts';
import { changedNodeRunsWithWhatFollows } from './checks/changed-node-runs-with-what-follows.ts';
import { channelAKeepsAlphaOnly } from './checks/channel-a-keeps-alpha-only.ts';
import { channelRgbDropsAlpha } from './checks/channel-rgb-drops-alpha.ts';
import { deletedEntryIsForgotten } from './checks/deleted-entry-is-forgotten.ts';
import { deletedPromptLeavesNoTrace } from './checks/deleted-prompt-leaves-no-trace.ts';
import { eventsGoToTheirClientOnly } from './checks/events-go-to-their-client-only.ts';
import { eventsOfSuccessComeInOrder } from './checks/events-of-success-come-in-order.ts';
import { executedCarriesWhatHistoryKeeps } from './checks/executed-carries-what-history-keeps.ts';
import { executionEventsCarryTheServersTime } from './checks/execution-events-carry-the-servers-time.ts';
import { extraPnginfoBecomesText } from './checks/extra-pnginfo-becomes-text.ts';
import { failedNodeEndsWithExecutionError } from './checks/failed-node-ends-with-execution-error.ts';
import { faultsOfAllNodesComeAtOnce } from './checks/faults-of-all-nodes-come-at-once.ts';
import { featureFlagsAreAnswered } from './checks/feature-flags-are-answered.ts';
import { featuresTellOfPreviewMetadata } from './checks/features-tell-of-preview-metadata.ts';
import { firstMessageIsStatusWithSid } from './checks/first-message-is-status-with-sid.ts';
import { foreignOriginIsRefused } from './checks/foreign-origin-is-refused.ts';
import { frontGetsANegativeNumber } from './checks/front-gets-a-negative-number.ts';
import { frontRunsBeforeWhatWaits } from './checks/front-runs-before-what-waits.ts';
import { halfValidPromptRunsItsValidHalf } from './checks/half-valid-prompt-runs-its-valid-half.ts';
import { historyIsThereAtTheEnd } from './checks/history-is-there-at-the-end.ts';
import { historyKeepsThePrompt } from './checks/history-keeps-the-prompt.ts';
import { historyMetaNamesDisplayNodes } from './checks/history-meta-names-display-nodes.ts';
import { historyOfFailureTellsTheError } from './checks/history-of-failure-tells-the-error.ts';
import { historyOfSuccessTellsItsMessages } from './checks/history-of-success-tells-its-messages.ts';
import { interruptEndsTheNamedPrompt } from './checks/interrupt-ends-the-named-prompt.ts';
import { interruptOfAnotherIdDoesNothing } from './checks/interrupt-of-another-id-does-nothing.ts';
import { interruptWhileIdleDoesNotLeak } from './checks/interrupt-while-idle-does-not-leak.ts';
import { invertedPictureHasTheOtherColour } from './checks/inverted-picture-has-the-other-colour.ts';
import { lateClientHearsStatusOnly } from './checks/late-client-hears-status-only.ts';
import { linkOfWrongTypeIsNamed } from './checks/link-of-wrong-type-is-named.ts';
import { lowerNumberRunsFirst } from './checks/lower-number-runs-first.ts';
import { malformedLinkIsNamed } from './checks/malformed-link-is-named.ts';
import { maskBecomesAlpha } from './checks/mask-becomes-alpha.ts';
import { maxItemsBoundsTheList } from './checks/max-items-bounds-the-list.ts';
import { missingFileIs404 } from './checks/missing-file-is-404.ts';
import { missingInputIsNamed } from './checks/missing-input-is-named.ts';
import { modelFoldersAreListed } from './checks/model-folders-are-listed.ts';
import { modelSamplesAPicture } from './checks/model-samples-a-picture.ts';
import { modelStaysLoaded } from './checks/model-stays-loaded.ts';
import { namelessSocketGetsASid } from './checks/nameless-socket-gets-a-sid.ts';
import { negotiatedPreviewsNameTheirPrompt } from './checks/negotiated-previews-name-their-prompt.ts';
import { nodesBeginAfterWhatTheyNeed } from './checks/nodes-begin-after-what-they-need.ts';
import { numberAsTextIsTaken } from './checks/number-as-text-is-taken.ts';
import { numberOfTheClientIsKept } from './checks/number-of-the-client-is-kept.ts';
import { numbersRise } from './checks/numbers-rise.ts';
import { objectInfoDescribesEveryClass } from './checks/object-info-describes-every-class.ts';
import { objectInfoOfOneClassIsThatClass } from './checks/object-info-of-one-class-is-that-class.ts';
import { overwriteReplaces } from './checks/overwrite-replaces.ts';
import { pngCarriesThePrompt } from './checks/png-carries-the-prompt.ts';
import { previewImageGoesToTemp } from './checks/preview-image-goes-to-temp.ts';
import { previewIsWebpOrJpeg } from './checks/preview-is-webp-or-jpeg.ts';
import { progressCountsTheSteps } from './checks/progress-counts-the-steps.ts';
import { progressStateFollowsEachNode } from './checks/progress-state-follows-each-node.ts';
import { promptAfterAnInterruptSucceeds } from './checks/prompt-after-an-interrupt-succeeds.ts';
import { promptIdOfTheClientIsKept } from './checks/prompt-id-of-the-client-is-kept.ts';
import { promptWithoutIdGetsOne } from './checks/prompt-without-id-gets-one.ts';
import { promptWithoutOutputIsRefused } from './checks/prompt-without-output-is-refused.ts';
import { queueLengthCountsWhatRunsAndWaits } from './checks/queue-length-counts-what-runs-and-waits.ts';
import { queueLengthIsANumber } from './checks/queue-length-is-a-number.ts';
import { queueLengthIsToldToAll } from './checks/queue-length-is-told-to-all.ts';
import { queueListsWhatRunsAndWaits } from './checks/queue-lists-what-runs-and-waits.ts';
import { reconnectedClientHearsTheRest } from './checks/reconnected-client-hears-the-rest.ts';
import { refusedPromptLeavesNoTrace } from './checks/refused-prompt-leaves-no-trace.ts';
import { renamedNodesAreCached } from './checks/renamed-nodes-are-cached.ts';
import { repeatedPromptIsCachedWhole } from './checks/repeated-prompt-is-cached-whole.ts';
import { restartForgetsQueueAndHistory } from './checks/restart-forgets-queue-and-history.ts';
import { restartKeepsOutputsAndEmptiesTemp } from './checks/restart-keeps-outputs-and-empties-temp.ts';
import { runGoesOnWithoutItsClient } from './checks/run-goes-on-without-its-client.ts';
import { sameFileKeepsItsName } from './checks/same-file-keeps-its-name.ts';
import { samplerPreviewsArePictures } from './checks/sampler-previews-are-pictures.ts';
import { savedNamesCountUp } from './checks/saved-names-count-up.ts';
import { savedPictureHasSizeAndColour } from './checks/saved-picture-has-size-and-colour.ts';
import { scaledPictureHasItsNewSize } from './checks/scaled-picture-has-its-new-size.ts';
import { systemStatsNamesVersionAndDevice } from './checks/system-stats-names-version-and-device.ts';
import { takenNameGetsANumber } from './checks/taken-name-gets-a-number.ts';
import { textForANumberIsNamed } from './checks/text-for-a-number-is-named.ts';
import { unknownClassIsEmptyObject } from './checks/unknown-class-is-empty-object.ts';
import { unknownClassIsInvalidPrompt } from './checks/unknown-class-is-invalid-prompt.ts';
import { unknownHistoryIdIsEmptyObject } from './checks/unknown-history-id-is-empty-object.ts';
import { unknownInputsAreIgnored } from './checks/unknown-inputs-are-ignored.ts';
import { unknownModelFolderIs404 } from './checks/unknown-model-folder-is-404.ts';
import { unknownPathIs404 } from './checks/unknown-path-is-404.ts';
import { uploadOutsideIsRefused } from './checks/upload-outside-is-refused.ts';
import { uploadTellsWhereItWent } from './checks/upload-tells-where-it-went.ts';
import { uploadedPictureCanBeLoaded } from './checks/uploaded-picture-can-be-loaded.ts';
import { valueAboveMaximumIsNamed } from './checks/value-above-maximum-is-named.ts';
import { valueBelowMinimumIsNamed } from './checks/value-below-minimum-is-named.ts';
import { valueNotInListIsNamed } from './checks/value-not-in-list-is-named.ts';
import { viewStaysInItsFolders } from './checks/view-stays-in-its-folders.ts';
import { viewTellsTheContentType } from './checks/view-tells-the-content-type.ts';
import { viewWithoutNameIs404 } from './checks/view-without-name-is-404.ts';
import { waitingPromptsRunInOrderOfArrival } from './checks/waiting-prompts-run-in-order-of-arrival.ts';
import { websocketImageComesAsAFrame } from './checks/websocket-image-comes-as-a-frame.ts';
import type { ConformanceCheck } from './check.ts';

/** Every check, in the order in which they run. */
export const conformanceChecks: readonly ConformanceCheck[] = [
  systemStatsNamesVersionAndDevice,
  featuresTellOfPreviewMetadata,
  objectInfoDescribesEveryClass,
  objectInfoOfOneClassIsThatClass,
  unknownClassIsEmptyObject,
  modelFoldersAreListed,
  unknownModelFolderIs404,
  apiPrefixAnswersAlike,
  unknownPathIs404,
  actionsAnswerWithAnEmptyBody,
  queueLengthIsANumber,
  foreignOriginIsRefused,
  absentPromptIsNoPrompt,
  promptWithoutOutputIsRefused,
  unknownClassIsInvalidPrompt,
  missingInputIsNamed,
  valueBelowMinimumIsNamed,
  valueAboveMaximumIsNamed,
  valueNotInListIsNamed,
  textForANumberIsNamed,
  linkOfWrongTypeIsNamed,
  malformedLinkIsNamed,
  faultsOfAllNodesComeAtOnce,
  numberAsTextIsTaken,
  unknownInputsAreIgnored,
  halfValidPromptRunsItsValidHalf,
  refusedPromptLeavesNoTrace,
  promptIdOfTheClientIsKept,
  promptWithoutIdGetsOne,
  numbersRise,
  frontGetsANegativeNumber,
  numberOfTheClientIsKept,
  firstMessageIsStatusWithSid,
  namelessSocketGetsASid,
  featureFlagsAreAnswered,
  eventsOfSuccessComeInOrder,
  nodesBeginAfterWhatTheyNeed,
  executedCarriesWhatHistoryKeeps,
  progressStateFollowsEachNode,
  eventsGoToTheirClientOnly,
  queueLengthIsToldToAll,
  failedNodeEndsWithExecutionError,
  executionEventsCarryTheServersTime,
  unknownHistoryIdIsEmptyObject,
  historyIsThereAtTheEnd,
  historyKeepsThePrompt,
  historyOfSuccessTellsItsMessages,
  historyOfFailureTellsTheError,
  historyMetaNamesDisplayNodes,
  deletedEntryIsForgotten,
  maxItemsBoundsTheList,
  repeatedPromptIsCachedWhole,
  cachedOutputNamesTheSameFile,
  changedNodeRunsWithWhatFollows,
  renamedNodesAreCached,
  missingFileIs404,
  viewStaysInItsFolders,
  viewWithoutNameIs404,
  viewTellsTheContentType,
  previewIsWebpOrJpeg,
  channelRgbDropsAlpha,
  channelAKeepsAlphaOnly,
  uploadTellsWhereItWent,
  takenNameGetsANumber,
  sameFileKeepsItsName,
  overwriteReplaces,
  uploadOutsideIsRefused,
  uploadedPictureCanBeLoaded,
  absentPictureIsRefused,
  maskBecomesAlpha,
  savedPictureHasSizeAndColour,
  pngCarriesThePrompt,
  extraPnginfoBecomesText,
  savedNamesCountUp,
  previewImageGoesToTemp,
  batchIsOneFileEach,
  scaledPictureHasItsNewSize,
  invertedPictureHasTheOtherColour,
  modelSamplesAPicture,
  progressCountsTheSteps,
  modelStaysLoaded,
  websocketImageComesAsAFrame,
  samplerPreviewsArePictures,
  negotiatedPreviewsNameTheirPrompt,
  interruptEndsTheNamedPrompt,
  interruptOfAnotherIdDoesNothing,
  interruptWhileIdleDoesNotLeak,
  promptAfterAnInterruptSucceeds,
  deletedPromptLeavesNoTrace,
  queueListsWhatRunsAndWaits,
  queueLengthCountsWhatRunsAndWaits,
  waitingPromptsRunInOrderOfArrival,
  lowerNumberRunsFirst,
  frontRunsBeforeWhatWaits,
  runGoesOnWithoutItsClient,
  reconnectedClientHearsTheRest,
  lateClientHearsStatusOnly,
  restartForgetsQueueAndHistory,
  restartKeepsOutputsAndEmptiesTemp,
];
