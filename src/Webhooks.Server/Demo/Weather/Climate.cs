using Webhooks.Core.Deliveries;

namespace Webhooks.Server.Demo.Weather;

/// <summary>How an endpoint behaves over the week. Pure but for the chance that it is given.</summary>
internal delegate AttemptResult Climate(Moment moment);
