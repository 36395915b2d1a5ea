using Webhooks.Subscriber;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<Hook>();

var app = builder.Build();
app.Services.GetRequiredService<Hook>(); // a secret that is missing or wrong is told now, not at the first delivery
app.MapPost("/hook", (HttpRequest request, Hook hook) => hook.ReceiveAsync(request));
app.MapGet("/health", () => TypedResults.Ok());
app.Run();
